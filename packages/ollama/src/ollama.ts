import {
  type Backend,
  type BackendRouting,
  type BackendType,
  CatenaryError,
  checkBackendRouting,
  checkServerSettings,
  checkSettingNames,
  givenFetch,
} from "@catenary/core";
import { defaultFetch } from "#default-fetch";
import { ollamaEmbeddingModel } from "./embedding-model.ts";
import { ollamaLanguageModel } from "./language-model.ts";
import { modelLister, SHOWS_MS } from "./list-models.ts";
import { pullModel } from "./pull-model.ts";
import { call } from "./send.ts";
import { connect, type OllamaSettings } from "./settings.ts";

/**
 * A server that nobody configured answers one call after the other, lets 512 wait, and may have to load a model before the first
 * word.
 */
const ROUTING: BackendRouting = {
  concurrency: 1,
  queueLength: 512,
  queueTimeoutMs: 600_000,
  firstTokenTimeoutMs: 120_000,
};

const SETTINGS: Readonly<Record<keyof OllamaSettings, true>> = {
  id: true,
  name: true,
  baseUrl: true,
  headers: true,
  fetch: true,
  insecurePulls: true,
  models: true,
  routing: true,
  prune: true,
  keepAlive: true,
};

/**
 * One Ollama server as a backend. Makes no request by itself.
 *
 * @throws CatenaryError `settings_invalid` where `baseUrl` or `OLLAMA_HOST` is no address, `routing` has what it cannot have, or a setting has another name.
 */
export function ollama(settings: OllamaSettings = {}): Backend {
  checkSettingNames("ollama()", settings, SETTINGS);
  checkServerSettings("ollama()", settings);
  checkKeepAlive(settings.keepAlive);
  const connection = connect(settings);
  const { insecurePulls = false, models = {}, prune = false, routing } = settings;
  checkBackendRouting(connection.backend, routing);
  const showsMs = routing?.listTimeoutMs === undefined ? SHOWS_MS : routing.listTimeoutMs / 2;
  const listModels = modelLister(connection, { declared: models, showsMs });
  return {
    id: connection.backend,
    type: "ollama",
    ...(settings.name !== undefined && { name: settings.name }),
    baseUrl: connection.root,
    routing: withDefaults(routing),
    prune,
    missingModelHint: (model) =>
      `run: ollama pull ${model}, or have it fetched: declare it and give createRuntime({ pull: "missing" })`,
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

/** What is undefined is as good as absent. */
function withDefaults(routing: BackendRouting = {}): BackendRouting {
  return { ...ROUTING, ...Object.fromEntries(Object.entries(routing).filter(([, value]) => value !== undefined)) };
}

/** What Ollama cannot read it refuses at the first call. */
function checkKeepAlive(keepAlive: unknown): void {
  if (keepAlive === undefined || Number.isFinite(keepAlive)) return;
  if (typeof keepAlive === "string" && /^-?\d[\d.nuµmsh]*$/.test(keepAlive)) return;
  throw new CatenaryError(
    "settings_invalid",
    'ollama() expects `keepAlive` to be a number of seconds or a duration such as "5m"; -1 is for ever',
    { details: { setting: "keepAlive" } },
  );
}

/** Opens Ollama servers from stored records: `createRuntime({ backendTypes: [ollamaType] })`. */
export const ollamaType: BackendType = {
  type: "ollama",
  open: ({ id, name, baseUrl, apiKey, headers, routing, prune }, surroundings) =>
    ollama({
      id,
      ...givenFetch(surroundings, defaultFetch),
      ...(name !== undefined && { name }),
      ...(baseUrl !== undefined && { baseUrl }),
      ...(routing !== undefined && { routing }),
      ...(prune !== undefined && { prune }),
      headers: { ...(apiKey && { authorization: `Bearer ${apiKey}` }), ...headers },
    }),
};
