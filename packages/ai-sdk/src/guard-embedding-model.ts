import type { EmbeddingModel } from "@catenary/core";
import { failWith, makeWith } from "./fail-with.ts";
import type { Asked } from "./to-failure.ts";

/** A provider's embedding model under the name by which it was asked for, with our errors and the signal's own reason. */
export function guardEmbeddingModel(
  asked: Asked & { readonly model: string },
  make: () => EmbeddingModel,
): EmbeddingModel {
  const model = makeWith(asked, make);
  return {
    specificationVersion: "v4",
    provider: model.provider,
    modelId: asked.model,
    get maxEmbeddingsPerCall() {
      return model.maxEmbeddingsPerCall;
    },
    get supportsParallelCalls() {
      return model.supportsParallelCalls;
    },
    doEmbed: (options) => failWith(asked, options.abortSignal, () => model.doEmbed(options)),
  };
}
