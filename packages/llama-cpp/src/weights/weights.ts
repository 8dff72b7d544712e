import type { ModelSource } from "../source/model-source.ts";
import { openWeights, type WeightsOptions } from "./open-weights.ts";

/**
 * A model by the name under which it can be fetched, for `llamaCpp()`: the file comes when the model is first used, and stays.
 *
 * ```ts
 * import { llamaCpp } from "@catenary/llama-cpp";
 * import { weights } from "@catenary/llama-cpp/weights";
 *
 * const local = llamaCpp({ models: { "smollm2:135m": weights("smollm2:135m") } });
 * ```
 */
export function weights(name: string, options?: WeightsOptions): ModelSource {
  return openWeights(options).source(name);
}
