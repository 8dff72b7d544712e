import { type LlamaBackend, llamaCpp } from "@catenary/llama-cpp";
import { openModelFile, openWeights } from "@catenary/llama-cpp/weights";
import type { Environment } from "./choose-backend.ts";
import type { Output } from "./screen.ts";

/** A small model that runs everywhere. */
export const LOCAL_MODEL = "smollm2:135m";

export interface Fetching {
  /** Shows how the model's file comes. */
  readonly output: Output;
  readonly signal?: AbortSignal | undefined;
}

/** A model in this process. Its file is fetched, where it is not here; a path is used where it is. */
export async function localBackend(
  model: string,
  environment: Environment,
  { output, signal }: Fetching,
): Promise<LlamaBackend> {
  return llamaCpp({ models: { [model]: await openModelFile(model, { environment, output, signal }) } });
}

/** The same where its file is here and it runs on this machine; undefined otherwise. Fetches nothing. */
export async function presentBackend(model: string, environment: Environment): Promise<LlamaBackend | undefined> {
  const here = await openWeights({ environment }).find(model);
  if (here === undefined) return undefined;
  const backend = llamaCpp({ models: { [model]: here.path } });
  try {
    await backend.tokens.count("Does it load?", model);
    return backend;
  } catch {
    await backend.close();
    return undefined;
  }
}
