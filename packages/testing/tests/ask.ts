import type { LanguageModelCallOptions } from "@catenary/core";

/** A call with one question. */
export function ask(text: string, more: Partial<LanguageModelCallOptions> = {}): LanguageModelCallOptions {
  return { prompt: [{ role: "user", content: [{ type: "text", text }] }], ...more };
}
