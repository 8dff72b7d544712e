import type { Backend, BackendType } from "@catenary/core";
import { ollamaEmbeddingModel } from "./embedding-model.ts";
import { ollamaLanguageModel } from "./language-model.ts";
import { modelLister } from "./list-models.ts";
import { pullModel } from "./pull-model.ts";
import { call } from "./send.ts";
import { connect, type OllamaSettings } from "./settings.ts";

/**
 * One Ollama server as a backend. Makes no request by itself.
 *
 * @throws CatenaryError `settings_invalid` where `baseUrl` or `OLLAMA_HOST` is no address.
 */
export function ollama(settings: OllamaSettings = {}): Backend {
  const connection = connect(settings);
  const { insecurePulls = false, models = {} } = settings;
  const listModels = modelLister(connection, models);
  return {
    id: connection.backend,
    type: "ollama",
    ...(settings.name !== undefined && { name: settings.name }),
    baseUrl: connection.root,
    listModels: ({ signal } = {}) => listModels(signal),
    languageModel: (modelId) => ollamaLanguageModel(connection, modelId),
    embeddingModel: (modelId) => ollamaEmbeddingModel(connection, modelId),
    pullModel: (model, options = {}) => pullModel(connection, model, { ...options, insecure: insecurePulls }),
    async deleteModel(model, { signal } = {}) {
      const response = await call(connection, "DELETE", "/api/delete", { body: { model }, model, signal });
      // An answer that nobody reads would keep its connection.
      await response.body?.cancel();
    },
  };
}

/** Opens Ollama servers from stored records: `createRuntime({ backendTypes: [ollamaType] })`. */
export const ollamaType: BackendType = {
  type: "ollama",
  open: ({ id, name, baseUrl, apiKey, headers }, { fetch }) =>
    ollama({
      id,
      fetch,
      ...(name !== undefined && { name }),
      ...(baseUrl !== undefined && { baseUrl }),
      headers: { ...(apiKey && { authorization: `Bearer ${apiKey}` }), ...headers },
    }),
};
