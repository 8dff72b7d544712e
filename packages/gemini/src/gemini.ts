import { createGoogle } from "@ai-sdk/google";
import {
  type Backend,
  type BackendType,
  checkBackendRouting,
  checkServerSettings,
  checkSettingNames,
  type EmbeddingModel,
  givenFetch,
} from "@catenary/core";
import { defaultFetch } from "#default-fetch";
import { checkBaseUrl } from "./check-base-url.ts";
import { connect, PLACEHOLDER_KEY } from "./connect.ts";
import { listModels } from "./list-models.ts";
import { plainId } from "./plain-id.ts";
import type { GeminiSettings } from "./settings.ts";
import { wrapEmbeddingModel } from "./wrap-embedding-model.ts";
import { wrapLanguageModel } from "./wrap-language-model.ts";

/** A backend that can embed too. */
export type GeminiBackend = Backend & { embeddingModel(modelId: string): EmbeddingModel };

const SETTINGS: Readonly<Record<keyof GeminiSettings, true>> = {
  id: true,
  name: true,
  apiKey: true,
  baseUrl: true,
  headers: true,
  fetch: true,
  models: true,
  routing: true,
};

/**
 * Google's Gemini as a backend. Makes no request by itself. Without a key the first call fails, and says where to give one.
 *
 * @throws CatenaryError `settings_invalid` where `baseUrl` is no address, a header cannot be sent, or a setting has another name.
 */
export function gemini(settings: GeminiSettings = {}): GeminiBackend {
  checkSettingNames("gemini()", settings, SETTINGS);
  checkServerSettings("gemini()", settings);
  const { id = "gemini", name, models, routing } = settings;
  checkBackendRouting(id, routing);
  const baseUrl = checkBaseUrl(settings.baseUrl);
  const connection = connect({ ...settings, backend: id, baseUrl });
  const provider = createGoogle({ baseURL: baseUrl, apiKey: PLACEHOLDER_KEY, fetch: connection.fetch });

  return {
    id,
    type: "gemini",
    ...(name !== undefined && { name }),
    baseUrl,
    ...(routing !== undefined && { routing }),
    listModels: ({ signal } = {}) => listModels(connection, models, signal),
    languageModel: (modelId) => wrapLanguageModel(provider.chat(inAddress(modelId)), { connection, modelId }),
    embeddingModel: (modelId) => wrapEmbeddingModel(provider.embedding(inAddress(modelId)), { connection, modelId }),
  };
}

/** Opens Gemini from stored records: `createRuntime({ backendTypes: [geminiType] })`. */
export const geminiType: BackendType = {
  type: "gemini",
  open: ({ prune: _, ...settings }, surroundings) => gemini({ ...settings, ...givenFetch(surroundings, defaultFetch) }),
};

/** The AI SDK puts the id into the address as it is. */
function inAddress(modelId: string): string {
  return plainId(modelId).split("/").map(encodeURIComponent).join("/");
}
