import type { LanguageModelUsage } from "./model-types.ts";

/** How many words a text has, by white space: what the models of this package count as tokens. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}

/** Usage in the provider specification's shape. */
export function toUsage(inputTokens: number, outputTokens: number): LanguageModelUsage {
  return {
    inputTokens: { total: inputTokens, noCache: inputTokens, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: outputTokens, text: outputTokens, reasoning: undefined },
  };
}
