import type { ChatWrapper, LlamaModel } from "node-llama-cpp";
import type { Library } from "../library/library.ts";

/**
 * How a conversation is written for a model: with the template in its file. The library's own wrappers for known families differ
 * from it in details (a first token twice, no word of who the model is), so one of them is taken only where it also knows how the
 * family marks its thoughts, which a template does not tell, or where the file has no template.
 */
export function templateOf(library: Library, model: LlamaModel): ChatWrapper {
  const known = library.resolveChatWrapper(model);
  const template = model.fileInfo.metadata.tokenizer?.chat_template;
  if (typeof template !== "string" || known.settings.segments?.thought !== undefined) return known;
  if (known instanceof library.JinjaTemplateChatWrapper) return known;
  try {
    return new library.JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer });
  } catch {
    // A template that says more than the library's reader understands.
    return known;
  }
}
