import type { ChatWrapper, LlamaModel } from "node-llama-cpp";
import type { Library } from "../library/library.ts";

/** How templates of models that think speak of it. */
const THINKING = /think|thought|reasoning|<\|channel\|>/i;

/**
 * How a conversation is written for a model: with the template in its file. The library's own wrappers for known families differ
 * from it in details (a first token twice, no word of who the model is), and finding one takes half a second. So they are asked
 * only where there is no template, or where it speaks of thoughts, whose marks a wrapper knows better.
 */
export function templateOf(library: Library, model: LlamaModel): ChatWrapper {
  const template = model.fileInfo.metadata.tokenizer?.chat_template;
  if (typeof template !== "string" || THINKING.test(template)) return library.resolveChatWrapper(model);
  try {
    return new library.JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer });
  } catch {
    // A template that says more than the library's reader understands.
    return library.resolveChatWrapper(model);
  }
}
