export { ollama, ollamaType } from "./ollama.ts";
export type { DeclaredModel, OllamaSettings } from "./settings.ts";
