import type { LanguageModelResult } from "@catenary/core";
import { type CompletionUsage, usageOf } from "./completion.ts";

/** As the provider counted; what it did not tell is 0, because clients expect numbers. */
export function modelUsage({ inputTokens, outputTokens }: LanguageModelResult["usage"]): CompletionUsage {
  const { cacheRead } = inputTokens;
  const { reasoning } = outputTokens;
  return {
    ...usageOf(inputTokens.total, outputTokens.total),
    ...(cacheRead !== undefined && { prompt_tokens_details: { cached_tokens: cacheRead } }),
    ...(reasoning !== undefined && { completion_tokens_details: { reasoning_tokens: reasoning } }),
  };
}
