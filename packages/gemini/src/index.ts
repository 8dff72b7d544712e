export type { GeminiBackend } from "./gemini.ts";
export { gemini, geminiType } from "./gemini.ts";
export type { DeclaredModels, GeminiSettings } from "./settings.ts";
