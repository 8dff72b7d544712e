// Parts of the model contract that core's own door does not name, read off the types that it does.
import type { LanguageModelResult } from "@catenary/core";

export type LanguageModelUsage = LanguageModelResult["usage"];
export type FinishReason = LanguageModelResult["finishReason"]["unified"];
export type LanguageModelContent = LanguageModelResult["content"][number];
