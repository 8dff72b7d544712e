import type { EmbeddingModel } from "@catenary/core";
import { failWith } from "./fail-with.ts";
import type { WrapSettings } from "./wrap-language-model.ts";

/** The AI SDK's embedding model, with our errors, and with the signal's own reason where a call is aborted. */
export function wrapEmbeddingModel(model: EmbeddingModel, { connection, provider }: WrapSettings): EmbeddingModel {
  const { modelId, maxEmbeddingsPerCall, supportsParallelCalls } = model;
  return {
    specificationVersion: "v4",
    provider,
    modelId,
    maxEmbeddingsPerCall,
    supportsParallelCalls,
    doEmbed: (options) =>
      failWith({ ...connection, model: modelId }, options.abortSignal, () => model.doEmbed(options)),
  };
}
