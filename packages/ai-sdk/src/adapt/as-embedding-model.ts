import type { EmbeddingModelV2, EmbeddingModelV3CallOptions } from "@ai-sdk/provider";
import type { EmbeddingModel } from "@catenary/core";
import type { AISDKEmbeddingModel } from "../provider.ts";
import { lost } from "./lost.ts";
import { type Made, needModel } from "./need-model.ts";

type OlderCall = EmbeddingModelV3CallOptions & Parameters<EmbeddingModelV2<string>["doEmbed"]>[0];

/**
 * A provider's embedding model as one of the version that Catenary speaks. Older ones take no `dimensions`, and those of v2 have
 * no warnings.
 *
 * @throws ModelError of the class `chain` where it is none, or of a version that is not understood.
 */
export function asEmbeddingModel(value: unknown, made: Made): EmbeddingModel {
  const model = needModel<AISDKEmbeddingModel>(value, "doEmbed", made);
  if (model.specificationVersion === "v4") return model;
  return {
    specificationVersion: "v4",
    provider: model.provider,
    modelId: model.modelId,
    get maxEmbeddingsPerCall() {
      return model.maxEmbeddingsPerCall;
    },
    get supportsParallelCalls() {
      return model.supportsParallelCalls;
    },
    async doEmbed({ dimensions, ...options }) {
      // Safe: the types of older versions only do not allow undefined among a provider's own options.
      const result = await model.doEmbed(options as OlderCall);
      const own = "warnings" in result ? result.warnings : [];
      const missed = dimensions === undefined ? [] : [lost("dimensions", "say it in providerOptions")];
      return { ...result, warnings: [...own, ...missed] };
    },
  };
}
