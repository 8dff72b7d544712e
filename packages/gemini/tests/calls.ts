import type { Backend, LanguageModelCallOptions } from "@catenary/core";

/** A key that nothing may tell. */
export const KEY = "canary-0123456789-do-not-tell";

export function ask(text: string, more: Partial<LanguageModelCallOptions> = {}): LanguageModelCallOptions {
  return { prompt: [{ role: "user", content: [{ type: "text", text }] }], ...more };
}

/** One call of the usual model. */
export const chat = (backend: Backend, options = ask("hi")) =>
  backend.languageModel("gemini-2.5-flash").doGenerate(options);
