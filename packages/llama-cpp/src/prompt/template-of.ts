import type { ChatWrapper, LlamaModel } from "node-llama-cpp";
import type { Library } from "../library/library.ts";
import { messageOf } from "../message-of.ts";

/** How conversations are written for a model. */
export interface Template {
  readonly wrapper: ChatWrapper;
  /** Why it is not the one in the model's file; undefined where it is, or where that has none. */
  readonly substitute: string | undefined;
}

/** How templates of models that think speak of it. */
const THINKING = /think|thought|reasoning|<\|channel\|>/i;

/**
 * How a conversation is written for a model: with the template in its file. The library's own wrappers for known families differ
 * from it in details (a first token twice, no word of who the model is), and finding one takes half a second. So they are asked
 * only where there is no template, where it speaks of thoughts, whose marks a wrapper knows better, or where it says more than the
 * library's reader understands.
 */
export function templateOf(library: Library, model: LlamaModel): Template {
  const template = model.fileInfo.metadata.tokenizer?.chat_template;
  if (typeof template !== "string") return { wrapper: ofFamily(library, model), substitute: undefined };
  try {
    return { wrapper: ofFile(library, model, template), substitute: undefined };
  } catch (error) {
    const wrapper = ofFamily(library, model);
    const [reason = ""] = messageOf(error).split("\n");
    const substitute = `the template in the model's file cannot be read (${reason}): the conversation is written as ${wrapper.wrapperName} does it, which the model may not know`;
    return { wrapper, substitute };
  }
}

function ofFile(library: Library, model: LlamaModel, template: string): ChatWrapper {
  if (!THINKING.test(template)) {
    return new library.JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer });
  }
  return library.resolveChatWrapper(model, { warningLogs: false, fallbackToOtherWrappersOnJinjaError: false });
}

/** Without the template, of which the library would write to the terminal that it cannot be read. */
function ofFamily(library: Library, model: LlamaModel): ChatWrapper {
  return library.resolveChatWrapper(model, { warningLogs: false, noJinja: true });
}
