import type { LanguageModelResult } from "@catenary/core";

type Unified = LanguageModelResult["finishReason"]["unified"];

const WORDS: Partial<Record<Unified, string>> = {
  length: "length",
  "content-filter": "content_filter",
  "tool-calls": "tool_calls",
};

/** In OpenAI's words. Some servers say `stop` after a tool call; clients look at this word to see whether there is one. */
export function finishReasonOf(unified: Unified, hasToolCalls: boolean): string {
  const word = WORDS[unified] ?? "stop";
  return word === "stop" && hasToolCalls ? "tool_calls" : word;
}
