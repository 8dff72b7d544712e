import type { LanguageModelCallOptions } from "../../model/contract.ts";
import { promptSize } from "../../model/prompt-size.ts";
import type { Wanted } from "../call/model-request.ts";
import { TextCount } from "../candidates/text-count.ts";

/** What a call of an AI SDK model needs of whoever takes it, beside what was chosen for all of its calls. */
export function wantedOfCall(chosen: Wanted, call: LanguageModelCallOptions): Wanted {
  const { tokens, hasImages } = promptSize(call.prompt, call.tools);
  return {
    ...chosen,
    contextLength: tokens,
    count: new TextCount(call.prompt, call.tools),
    outputTokens: call.maxOutputTokens ?? 0,
    // Whoever may call none needs no model that can.
    tools: call.tools !== undefined && call.tools.length > 0 && call.toolChoice?.type !== "none",
    vision: hasImages,
    structuredOutput: call.responseFormat?.type === "json" && call.responseFormat.schema !== undefined,
  };
}
