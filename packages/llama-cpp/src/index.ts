export type { LlamaBackend } from "./llama-backend.ts";
export { llamaCpp } from "./llama-cpp.ts";
export type { LlamaModel, LlamaSettings } from "./settings.ts";
export type { ModelSource, SourceOptions } from "./source/model-source.ts";
