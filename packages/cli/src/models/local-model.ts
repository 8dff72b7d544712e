import { type LlamaBackend, llamaCpp } from "@catenary/llama-cpp";
import { isModelPath, openModelFile } from "@catenary/llama-cpp/weights";
import type { Surroundings } from "../command/surroundings.ts";

/** The model that is taken where nobody names one: small enough for every machine. */
export const DEFAULT_LOCAL_MODEL = "smollm2:135m";

export interface LocalModel {
  readonly backend: LlamaBackend;
  readonly model: string;
}

/**
 * A model that runs in this process. Its file is fetched now, where it is not here, and loaded, so that what is wrong with it is told
 * before anybody relies on it.
 *
 * @param name As for `catenary models pull`; a path is used where it is.
 */
export async function openLocalModel(name: string, around: Surroundings): Promise<LocalModel> {
  const isPath = isModelPath(name);
  const model = isPath ? name.replace(/^.*[\\/]/, "").replace(/\.gguf$/i, "") : name;
  const { environment, errors: output, stop: signal, folder: from } = around;
  const path = await openModelFile(name, { environment, output, signal, from });
  // Who asks over HTTP declares no files: the backend's own words would be none for them.
  const missingModelHint = () => "ask for one of these, or name no model for the default";
  const backend = { ...llamaCpp({ models: { [model]: path } }), missingModelHint };
  const close = () => void backend.close();
  around.stop.addEventListener("abort", close, { once: true });
  try {
    await backend.tokens.count("Does it load?", model);
    return { backend, model };
  } catch (error) {
    await backend.close();
    throw error;
  } finally {
    around.stop.removeEventListener("abort", close);
  }
}
