import type { Backend, BackendModel, Clock, EmbeddingModel } from "@catenary/core";
import { ModelError, systemClock } from "@catenary/core";
import { checkOptions } from "../check-options.ts";
import { countWords } from "../count-words.ts";
import { DIMENSIONS, embed } from "./embed.ts";
import { MOST_CHARACTERS } from "./read-prompt.ts";
import { standInLanguageModel } from "./stand-in-language-model.ts";

export interface StandInSettings {
  /** Default `stand-in`. */
  readonly id?: string;
  /** How long it takes over each word, in milliseconds. Default 0. */
  readonly wordDelayMs?: number;
  /** Times the delay. Default: the host's clock. */
  readonly clock?: Clock;
}

export interface StandIn extends Backend {
  embeddingModel(modelId: string): EmbeddingModel;
}

const NOTE =
  "No language model: a program that answers by rules from the words of the prompt. For demonstrations and tests without a model.";

const CHAT_MODEL = "stand-in";
const EMBEDDING_MODEL = "stand-in-embed";

const MODELS: readonly BackendModel[] = [
  {
    id: CHAT_MODEL,
    capabilities: {
      chat: true,
      prompt: true,
      embed: false,
      stream: true,
      tools: true,
      structuredOutput: true,
      vision: false,
    },
    details: { note: NOTE },
  },
  {
    id: EMBEDDING_MODEL,
    capabilities: { chat: false, prompt: false, embed: true },
    details: { note: NOTE, dimensions: DIMENSIONS },
  },
];

/**
 * A backend that stands in for a language model where there is none, and is none: it takes its answers out of the prompt by rules.
 * It chooses among labels, fills JSON Schemas, finds numbers, summarises, replies, looks answers up in a text and calls
 * tools; always the same for the same prompt, without network. What it cannot take out of the prompt it does not know.
 *
 * @throws CatenaryError `settings_invalid` for settings that are none.
 */
export function standIn(settings: StandInSettings = {}): StandIn {
  checkOptions("standIn()", settings, ["id", "wordDelayMs", "clock"]);
  const { id = "stand-in", wordDelayMs = 0, clock = systemClock } = settings;
  return {
    id,
    type: "stand-in",
    name: "Offline stand-in (no language model)",
    async listModels(options) {
      options?.signal?.throwIfAborted();
      return MODELS;
    },
    languageModel: (modelId) =>
      standInLanguageModel({ modelId, wordDelayMs, clock, check: () => refuseOther(id, modelId, CHAT_MODEL) }),
    embeddingModel: (modelId) => standInEmbeddingModel(modelId, () => refuseOther(id, modelId, EMBEDDING_MODEL)),
  };
}

/** It stands in for a model only where it was named: it answers for no other. */
function refuseOther(backend: string, model: string, known: string): void {
  if (model === known) return;
  throw new ModelError(`The stand-in has no model "${model}" for this: ask for "${known}".`, {
    failure: "unavailable",
    reason: "model_not_found",
    status: 404,
    backend,
    model,
  });
}

function standInEmbeddingModel(modelId: string, check: () => void): EmbeddingModel {
  return {
    specificationVersion: "v4",
    provider: "stand-in",
    modelId,
    maxEmbeddingsPerCall: undefined,
    supportsParallelCalls: true,
    async doEmbed({ values, dimensions, abortSignal }) {
      abortSignal?.throwIfAborted();
      check();
      return {
        embeddings: values.map((value) => embed(value.slice(0, MOST_CHARACTERS), dimensions)),
        usage: { tokens: values.reduce((sum, value) => sum + countWords(value), 0) },
        warnings: [],
      };
    },
  };
}
