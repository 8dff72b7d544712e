import type { LanguageModelPrompt } from "@catenary/core";

/** The prompt with its system texts at its beginning: Gemini has one place for them, and the AI SDK refuses them elsewhere. */
export function correctPrompt(prompt: LanguageModelPrompt): LanguageModelPrompt {
  return [...prompt.filter(({ role }) => role === "system"), ...prompt.filter(({ role }) => role !== "system")];
}
