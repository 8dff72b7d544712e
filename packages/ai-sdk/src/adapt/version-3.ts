import type {
  LanguageModelV3CallOptions,
  LanguageModelV3Content,
  LanguageModelV3GenerateResult,
  LanguageModelV3StreamPart,
  SharedV4Warning,
} from "@ai-sdk/provider";
import type { LanguageModelCallOptions, LanguageModelResult, LanguageModelStreamPart } from "@catenary/core";
import type { Translated, Translation } from "./adapt-language-model.ts";
import { lost } from "./lost.ts";
import { promptForV3 } from "./prompt-for-v3.ts";

/** Version 3 of the AI SDK's provider specification. */
export const version3: Translation<
  LanguageModelV3CallOptions,
  LanguageModelV3GenerateResult,
  LanguageModelV3StreamPart
> = { call: callForV3, result: resultOfV3, part: partOfV3 };

/** A v3 model knows no effort of reasoning apart from its provider's own options, and fewer kinds of contents. */
export function callForV3({
  prompt,
  reasoning,
  ...options
}: LanguageModelCallOptions): Translated<LanguageModelV3CallOptions> {
  const missed = new Map<string, SharedV4Warning>();
  const miss = (feature: string, details?: string) => void missed.set(feature, lost(feature, details));
  if (reasoning !== undefined && reasoning !== "provider-default") miss("reasoning", "say it in providerOptions");
  const call = { ...options, prompt: promptForV3(prompt, miss) };
  return { call, lost: [...missed.values()] };
}

function resultOfV3(result: LanguageModelV3GenerateResult): LanguageModelResult {
  return { ...result, content: result.content.map(contentOfV3) };
}

/** Files of v3 are bare. */
export function contentOfV3(content: LanguageModelV3Content): LanguageModelResult["content"][number] {
  return content.type === "file" ? { ...content, data: { type: "data", data: content.data } } : content;
}

/** A v3 stream whose model never told why it stopped ends as `other` without the model's own word: v4 calls that interrupted. */
function partOfV3(part: LanguageModelV3StreamPart): LanguageModelStreamPart {
  if (part.type === "file") return { ...part, data: { type: "data", data: part.data } };
  if (part.type !== "finish" || part.finishReason.unified !== "other" || part.finishReason.raw !== undefined)
    return part;
  return { ...part, finishReason: { unified: "interrupted", raw: undefined } };
}
