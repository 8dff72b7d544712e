export { type LlamaBackend, llamaCpp } from "./llama-cpp.ts";
export type { LlamaModel, LlamaSettings } from "./settings.ts";
export type { ModelSource, SourceOptions } from "./source/model-source.ts";
