import { type EmbeddingModel, ModelError } from "@catenary/core";
import { toModelFailure } from "../answer/to-model-failure.ts";
import type { LocalModel } from "../model/local-model.ts";
import type { OpenModel } from "../model/open-model.ts";
import { untilAborted } from "../model/until-aborted.ts";
import type { Origin } from "../origin.ts";
import { PROVIDER } from "../provider.ts";

/**
 * A model of a GGUF file that turns text into vectors.
 *
 * @param find The model, or a throw where there is none of this name.
 */
export function llamaEmbeddingModel(modelId: string, find: () => LocalModel): EmbeddingModel {
  return {
    specificationVersion: "v4",
    provider: PROVIDER,
    modelId,
    maxEmbeddingsPerCall: Number.POSITIVE_INFINITY,
    supportsParallelCalls: true,
    async doEmbed({ values, abortSignal }) {
      abortSignal?.throwIfAborted();
      const local = find();
      const { origin } = local.options;
      try {
        return await local.use(abortSignal, (open, signal) => embedAll(open, values, signal, origin));
      } catch (error) {
        abortSignal?.throwIfAborted();
        throw await toModelFailure(error, origin);
      }
    },
  };
}

async function embedAll(open: OpenModel, values: readonly string[], signal: AbortSignal, origin: Origin) {
  if (open.capabilities.embed !== true) throw makesNoVectors(origin);
  const embedder = await untilAborted(open.embedder(), signal);
  const texts = values.map((value) => open.model.tokenize(value));
  for (const [at, { length }] of texts.entries()) {
    if (length === 0) throw isEmpty(at, origin);
    checkLength(length, open.contextLength, origin);
  }
  const embeddings: number[][] = [];
  const cores = open.enter();
  try {
    for (const text of texts) {
      signal.throwIfAborted();
      cores.adjust();
      const { vector } = await embedder.getEmbeddingFor(text);
      embeddings.push(ofLengthOne(vector));
    }
  } finally {
    cores.leave();
  }
  const tokens = texts.reduce((sum, { length }) => sum + length, 0);
  return { embeddings, usage: { tokens }, warnings: [] };
}

/** As other servers give them: their products are then how alike two texts are. */
function ofLengthOne(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector);
  return length === 0 ? [...vector] : vector.map((value) => value / length);
}

function makesNoVectors({ backend, model }: Origin): ModelError {
  return new ModelError(
    `${model} on ${backend} is not made for vectors: embed with another model, or declare \`capabilities: { embed: true }\` for it`,
    { failure: "bad_request", status: 400, backend, model },
  );
}

/** The library's vector of nothing has no numbers, and would break whatever compares vectors. */
function isEmpty(at: number, { backend, model }: Origin): ModelError {
  return new ModelError(
    `values[${at}] is an empty text, and ${model} on ${backend} makes no vector of nothing: leave it out`,
    {
      failure: "bad_request",
      status: 400,
      backend,
      model,
    },
  );
}

/** What the library adds to each text: where it begins and ends. */
const MARKS = 2;

function checkLength(tokens: number, contextLength: number, { backend, model }: Origin): void {
  if (tokens + MARKS <= contextLength) return;
  throw new ModelError(
    `a text has ${tokens} tokens, and ${model} on ${backend} embeds ${contextLength - MARKS} at once: split it`,
    { failure: "bad_request", reason: "context_length", status: 400, backend, model },
  );
}
