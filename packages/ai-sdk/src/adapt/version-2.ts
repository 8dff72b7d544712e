import type {
  LanguageModelV2,
  LanguageModelV2CallOptions,
  LanguageModelV2CallWarning,
  LanguageModelV2Content,
  LanguageModelV2FinishReason,
  LanguageModelV2StreamPart,
  LanguageModelV2Usage,
  SharedV4Warning,
} from "@ai-sdk/provider";
import type { LanguageModelResult, LanguageModelStreamPart } from "@catenary/core";
import type { Translation } from "./adapt-language-model.ts";
import { callForV2 } from "./call-for-v2.ts";
import { contentOfV3 } from "./version-3.ts";

type ResultV2 = Awaited<ReturnType<LanguageModelV2["doGenerate"]>>;

/** Version 2 of the AI SDK's provider specification. */
export const version2: Translation<LanguageModelV2CallOptions, ResultV2, LanguageModelV2StreamPart> = {
  call: callForV2,
  result: resultOfV2,
  part: partOfV2,
};

function resultOfV2(result: ResultV2): LanguageModelResult {
  return {
    ...result,
    content: result.content.map(contentOfV2),
    finishReason: finishReasonOfV2(result.finishReason, "other"),
    usage: usageOfV2(result.usage),
    warnings: result.warnings.map(warningOfV2),
  };
}

function partOfV2(part: LanguageModelV2StreamPart): LanguageModelStreamPart {
  switch (part.type) {
    case "stream-start":
      return { ...part, warnings: part.warnings.map(warningOfV2) };
    case "file":
    case "tool-result":
      return contentOfV2(part);
    case "finish":
      // v2 says `unknown` where the model never told why it stopped. A stream that ends so was cut off.
      return {
        ...part,
        finishReason: finishReasonOfV2(part.finishReason, "interrupted"),
        usage: usageOfV2(part.usage),
      };
    default:
      return part;
  }
}

/** Every part of an answer is one of a stream, too. */
function contentOfV2<Content extends LanguageModelV2Content>(
  content: Content,
): Extract<LanguageModelResult["content"][number], { readonly type: Content["type"] }>;
function contentOfV2(content: LanguageModelV2Content): LanguageModelResult["content"][number] {
  if (content.type !== "tool-result") return contentOfV3(content);
  const { providerExecuted: _always, result, ...rest } = content;
  // Safe: what a provider's own tool gave came to it as JSON. Newer versions know no result that is nothing.
  return {
    ...rest,
    result: (result ?? {}) as NonNullable<Extract<typeof rest, { readonly result: unknown }>["result"]>,
  };
}

function finishReasonOfV2(
  reason: LanguageModelV2FinishReason,
  unknown: "other" | "interrupted",
): LanguageModelResult["finishReason"] {
  return { unified: reason === "unknown" ? unknown : reason, raw: undefined };
}

function usageOfV2(usage: LanguageModelV2Usage): LanguageModelResult["usage"] {
  const { inputTokens, outputTokens, totalTokens, reasoningTokens, cachedInputTokens } = usage;
  return {
    inputTokens: { total: inputTokens, noCache: undefined, cacheRead: cachedInputTokens, cacheWrite: undefined },
    outputTokens: { total: outputTokens, text: undefined, reasoning: reasoningTokens },
    ...(totalTokens !== undefined && { raw: { totalTokens } }),
  };
}

function warningOfV2(warning: LanguageModelV2CallWarning): SharedV4Warning {
  if (warning.type === "other") return warning;
  const feature = warning.type === "unsupported-tool" ? `tool ${warning.tool.name}` : String(warning.setting);
  return { type: "unsupported", feature, ...(warning.details !== undefined && { details: warning.details }) };
}
