import type { LanguageModelResult } from "@catenary/core";

type FinishReason = LanguageModelResult["finishReason"];

/** The provider does not know that a server can end an answer with `error`: what stands in it is then no answer. */
export function readFinishReason(reason: FinishReason): FinishReason {
  return reason.raw === "error" ? { ...reason, unified: "error" } : reason;
}
