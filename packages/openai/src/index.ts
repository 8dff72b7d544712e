export type { OpenAIBackend } from "./openai.ts";
export { openai, openaiType } from "./openai.ts";
export { openaiCompatible } from "./openai-compatible.ts";
export type {
  DeclaredModels,
  OpenAICompatibleSettings,
  OpenAISettings,
  ServerSettings,
  VllmSettings,
} from "./settings.ts";
export { vllm, vllmType } from "./vllm.ts";
