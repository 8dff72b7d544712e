import { resolve } from "node:path";
import { type LlamaBackend, llamaCpp } from "@catenary/llama-cpp";
import { isModelPath, openWeights, showProgress } from "@catenary/llama-cpp/weights";
import type { Surroundings } from "../command/surroundings.ts";

/** The model that is taken where nobody names one: small enough for every machine. */
export const DEFAULT_LOCAL_MODEL = "smollm2:135m";

export interface LocalModel {
  readonly backend: LlamaBackend;
  readonly model: string;
}

/**
 * A model that runs in this process. Its file is fetched now, where it is not here.
 *
 * @param name As for `catenary models pull`; a path is used where it is.
 */
export async function openLocalModel(name: string, around: Surroundings): Promise<LocalModel> {
  const weights = openWeights({ environment: around.environment });
  if (isModelPath(name)) {
    const model = name.replace(/^.*[\\/]/, "").replace(/\.gguf$/i, "");
    return { backend: llamaCpp({ models: { [model]: resolve(around.folder, name) } }), model };
  }
  const shown = showProgress(name, around.errors);
  try {
    const { path } = await weights.pull(name, { signal: around.stop, onProgress: shown.onProgress });
    return { backend: llamaCpp({ models: { [name]: path } }), model: name };
  } finally {
    shown.close();
  }
}
