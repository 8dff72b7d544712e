import type { EmbeddingModel } from "@catenary/core";
import { failWith } from "./fail-with.ts";
import type { WrapSettings } from "./wrap-language-model.ts";

/** The AI SDK's embedding model, with our errors, and with the signal's own reason where a call is aborted. */
export function wrapEmbeddingModel(model: EmbeddingModel, { connection, modelId }: WrapSettings): EmbeddingModel {
  const { maxEmbeddingsPerCall, supportsParallelCalls } = model;
  return {
    specificationVersion: "v4",
    provider: "gemini",
    modelId,
    maxEmbeddingsPerCall,
    supportsParallelCalls,
    doEmbed: (options) =>
      failWith({ ...connection, model: modelId }, options.abortSignal, () => model.doEmbed(options)),
  };
}
