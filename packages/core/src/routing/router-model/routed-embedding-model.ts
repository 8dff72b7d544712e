import { ReplyError } from "../../errors/reply-error.ts";
import {
  type EmbeddingModel,
  type EmbeddingModelCallOptions,
  type EmbeddingModelResult,
  SPECIFICATION_VERSION,
} from "../../model/contract.ts";
import { textTokens } from "../../model/prompt-size.ts";
import { orAborted } from "../../surroundings/abort.ts";
import { modelNameDistance } from "../../value/model-name.ts";
import { embedAll } from "../call/embed.ts";
import { CallOfRouter, type RouterOptions } from "../call/routed-call.ts";
import { meantCandidates } from "./meant-candidates.ts";
import { routeMetadata } from "./route-metadata.ts";

/**
 * The router as an embedding model of the AI SDK. It stays with the model that answers its first call, on whatever backend:
 * vectors of different models cannot be compared, and whoever embeds many texts makes many calls.
 */
export class RoutedEmbeddingModel implements EmbeddingModel {
  readonly specificationVersion = SPECIFICATION_VERSION;
  readonly provider = "catenary";
  readonly modelId: string;
  #options: RouterOptions;
  /** The model that answered first. */
  #kept: string | undefined;
  /** Until it is known which it is, one call after the other is made. Never rejects. */
  #first: Promise<void> | undefined;

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
    while (this.#kept === undefined && this.#first !== undefined) await orAborted(this.#first, call.abortSignal);
    if (this.#kept !== undefined) return this.#embed(call);
    const embedded = this.#embed(call);
    const over = () => {
      this.#first = undefined;
    };
    this.#first = embedded.then(over, over);
    return embedded;
  }

  async #embed(call: EmbeddingModelCallOptions): Promise<EmbeddingModelResult> {
    const { abortSignal, ...rest } = call;
    const begun = new CallOfRouter(this.#options, abortSignal);
    const { parts, chosen } = this.#options;
    const tokens = rest.values.map(textTokens);
    const contextLength = tokens.reduce((most, count) => Math.max(most, count), 0);
    const promptTokens = tokens.reduce((sum, count) => sum + count, 0);
    const result = await embedAll(parts, { ...chosen, contextLength, promptTokens }, rest, begun.options).catch(
      (error: unknown) => {
        throw begun.failed(error);
      },
    );
    const { routed } = begun;
    if (routed === undefined) return result;
    if (routed.model !== undefined) this.#keep(routed.model);
    return { ...result, providerMetadata: { ...result.providerMetadata, ...routeMetadata(routed) } };
  }

  /** @throws ReplyError Another size of the model has the same name on the backend that answered. */
  #keep(model: string): void {
    if (this.#kept === undefined) {
      this.#kept = model;
      this.#options = { ...this.#options, chosen: { ...this.#options.chosen, models: [model] } };
    } else if ((modelNameDistance(this.#kept, model) ?? OTHER_SIZE) >= OTHER_SIZE) {
      throw new ReplyError(
        `${model} answered where ${this.#kept} had answered before, and vectors of different models cannot be compared: name the model with its tag`,
      );
    }
  }

  async #models(): Promise<readonly EmbeddingModel[]> {
    const candidates = await meantCandidates(this.#options);
    return candidates.flatMap(({ backend, model }) => backend.embeddingModel?.(model.id) ?? []);
  }
}

/** As far apart are names of which only one has a tag, and that is not `latest`. */
const OTHER_SIZE = 3;
