import {
  type EmbeddingModel,
  type EmbeddingModelCallOptions,
  type EmbeddingModelResult,
  SPECIFICATION_VERSION,
} from "../../model/contract.ts";
import { embedAll } from "../call/embed.ts";
import { CallOfRouter, type RouterOptions } from "../call/routed-call.ts";
import { meantCandidates } from "./meant-candidates.ts";
import { routeMetadata } from "./route-metadata.ts";

/** The router as an embedding model of the AI SDK. */
export class RoutedEmbeddingModel implements EmbeddingModel {
  readonly specificationVersion = SPECIFICATION_VERSION;
  readonly provider = "catenary";
  readonly modelId: string;
  readonly #options: RouterOptions;

  constructor(modelId: string, options: RouterOptions) {
    this.modelId = modelId;
    this.#options = options;
  }

  /** What the one of them that takes the fewest takes, because any of them may be asked. */
  get maxEmbeddingsPerCall(): Promise<number | undefined> {
    return this.#models().then(async (models) => {
      const limits = await Promise.all(models.map((model) => model.maxEmbeddingsPerCall));
      const known = limits.filter((limit) => limit !== undefined);
      return known.length === 0 ? undefined : Math.min(...known);
    });
  }

  get supportsParallelCalls(): Promise<boolean> {
    return this.#models().then(async (models) => {
      const answers = await Promise.all(models.map((model) => model.supportsParallelCalls));
      return answers.every((supports) => supports);
    });
  }

  async doEmbed(call: EmbeddingModelCallOptions): Promise<EmbeddingModelResult> {
    const { abortSignal, ...rest } = call;
    const begun = new CallOfRouter(this.#options, abortSignal);
    const result = await embedAll(this.#options.parts, this.#options.chosen, rest, begun.options);
    const { routed } = begun;
    if (routed === undefined) return result;
    return { ...result, providerMetadata: { ...result.providerMetadata, ...routeMetadata(routed) } };
  }

  async #models(): Promise<readonly EmbeddingModel[]> {
    const candidates = await meantCandidates(this.#options);
    return candidates.flatMap(({ backend, model }) => backend.embeddingModel?.(model.id) ?? []);
  }
}
