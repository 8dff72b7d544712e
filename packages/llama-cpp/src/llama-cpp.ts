import { type Backend, CatenaryError } from "@catenary/core";
import type { LlamaSettings } from "./settings.ts";

/** Runs GGUF files in this process. */
export function llamaCpp(settings: LlamaSettings): Backend {
  const refuse = (): never => {
    throw new CatenaryError("runtime_missing", "@catenary/llama-cpp cannot run models yet");
  };
  return {
    id: settings.id ?? "llama-cpp",
    type: "llama-cpp",
    listModels: async () => Object.keys(settings.models).map((id) => ({ id })),
    languageModel: refuse,
  };
}
