import { type BackendRouting, ModelError } from "@catenary/core";
import { llamaLanguageModel } from "./answer/language-model.ts";
import { llamaEmbeddingModel } from "./embed/embedding-model.ts";
import { modelLister } from "./list-models.ts";
import type { LlamaBackend } from "./llama-backend.ts";
import { closedError } from "./model/closed-error.ts";
import { linkSignals } from "./model/link-signals.ts";
import type { LocalModel } from "./model/local-model.ts";
import type { Machine } from "./model/open-model.ts";
import { PROVIDER } from "./provider.ts";
import { readSettings } from "./read-settings.ts";
import type { LlamaSettings } from "./settings.ts";
import { llamaTokens } from "./token-counter.ts";

/** Nothing is slower than a processor, and the first call may have to fetch and load the model. */
const ROUTING: BackendRouting = {
  queueLength: 512,
  queueTimeoutMs: 600_000,
  firstTokenTimeoutMs: 600_000,
  idleTimeoutMs: 120_000,
};

/** The backend on a machine that can be chosen. Its types name node-llama-cpp, which only who runs a model has. */
export function llamaCppOn(machine: Machine, settings: LlamaSettings): LlamaBackend {
  const models = readSettings(settings, machine);
  const locals = new Map([...models].map(([name, { local }]) => [name, local]));
  const { id = PROVIDER, name, sequences = 1, routing } = settings;
  const list = modelLister(models, machine);
  const closing = new AbortController();
  const find = (model: string): LocalModel => {
    const local = locals.get(model);
    if (local === undefined) throw notThere(id, model, [...locals.keys()]);
    return local;
  };
  return {
    id,
    type: PROVIDER,
    ...(name !== undefined && { name }),
    routing: { concurrency: sequences, ...ROUTING, ...routing },
    missingModelHint: (model) =>
      `declare its file: llamaCpp({ models: { ${JSON.stringify(model)}: "/path/to/model.gguf" } })`,
    async listModels({ signal } = {}) {
      const linked = linkSignals(signal, closing.signal);
      try {
        return await list(linked.signal);
      } finally {
        linked.unlink();
      }
    },
    languageModel: (model) => llamaLanguageModel(model, () => find(model)),
    embeddingModel: (model) => llamaEmbeddingModel(model, () => find(model)),
    async pullModel(model, options = {}) {
      await find(model).fetch(options);
    },
    tokens: llamaTokens(locals),
    async close() {
      closing.abort(closedError(id));
      await Promise.all([...locals.values()].map((local) => local.close()));
    },
  };
}

function notThere(backend: string, model: string, known: readonly string[]): ModelError {
  const told = known.map((name) => JSON.stringify(name)).join(", ");
  return new ModelError(`${backend} has no model ${JSON.stringify(model)}; its models are ${told}`, {
    failure: "unavailable",
    reason: "model_not_found",
    status: 404,
    backend,
    model,
  });
}
