import { createOpenAI } from "@ai-sdk/openai";
import {
  type Backend,
  type BackendType,
  CatenaryError,
  checkBackendRouting,
  checkServerSettings,
  checkSettingNames,
  type EmbeddingModel,
  givenFetch,
  type LanguageModelCallOptions,
} from "@catenary/core";
import { defaultFetch } from "#default-fetch";
import { checkBaseUrl } from "./check-base-url.ts";
import { connect, PLACEHOLDER_KEY } from "./connect.ts";
import { isStrictSchema } from "./is-strict-schema.ts";
import { listModels } from "./list-models.ts";
import { makeOnce } from "./make-once.ts";
import { readEnvironment } from "./read-environment.ts";
import { OPENAI } from "./setting-names.ts";
import type { OpenAISettings } from "./settings.ts";
import { wrapEmbeddingModel } from "./wrap-embedding-model.ts";
import { wrapLanguageModel } from "./wrap-language-model.ts";

const BASE_URL = "https://api.openai.com/v1";

/** A backend that can embed too. */
export type OpenAIBackend = Backend & { embeddingModel(modelId: string): EmbeddingModel };

/**
 * OpenAI as a backend. Makes no request by itself. Without a key the first call fails, and says where to give one.
 *
 * @throws CatenaryError `settings_invalid` where `baseUrl` is no address, `routing` has what it cannot have, or a setting has another name.
 */
export function openai(settings: OpenAISettings = {}): OpenAIBackend {
  checkSettingNames("openai()", settings, OPENAI);
  checkServerSettings("openai()", settings);
  const { id = "openai", name, organization, project, models, routing } = settings;
  checkBackendRouting(id, routing);
  const baseUrl = checkBaseUrl(settings.baseUrl ?? BASE_URL, BASE_URL);
  const connection = connect({
    backend: id,
    baseUrl,
    apiKey: settings.apiKey || readEnvironment("OPENAI_API_KEY"),
    headers: {
      ...(organization !== undefined && { "openai-organization": organization }),
      ...(project !== undefined && { "openai-project": project }),
      ...settings.headers,
    },
    fetch: settings.fetch,
    keyMissing: () => keyMissing(id),
  });
  const provider = createOpenAI({ baseURL: baseUrl, apiKey: PLACEHOLDER_KEY, fetch: connection.fetch });
  const wrapping = { connection, provider: "openai", translate: withStrictness };

  return {
    id,
    type: "openai",
    ...(name !== undefined && { name }),
    baseUrl,
    ...(routing !== undefined && { routing }),
    listModels: ({ signal } = {}) =>
      listModels(connection, models, { chat: true, stream: true, structuredOutput: true }, signal),
    languageModel: makeOnce((modelId) => wrapLanguageModel(provider.chat(modelId), wrapping)),
    embeddingModel: makeOnce((modelId) => wrapEmbeddingModel(provider.embedding(modelId), wrapping)),
  };
}

/** Opens OpenAI from stored records: `createRuntime({ backendTypes: [openaiType] })`. */
export const openaiType: BackendType = {
  type: "openai",
  open: ({ prune: _, ...settings }, surroundings) => openai({ ...settings, ...givenFetch(surroundings, defaultFetch) }),
};

/** OpenAI refuses a schema that its strict mode does not take; without that mode it still follows it as well as it can. */
function withStrictness(options: LanguageModelCallOptions): LanguageModelCallOptions {
  const { responseFormat, providerOptions } = options;
  if (responseFormat?.type !== "json" || responseFormat.schema === undefined) return options;
  const strictJsonSchema = isStrictSchema(responseFormat.schema);
  return {
    ...options,
    providerOptions: { ...providerOptions, openai: { strictJsonSchema, ...providerOptions?.openai } },
  };
}

function keyMissing(backend: string): CatenaryError {
  return new CatenaryError(
    "api_key_missing",
    `The backend "${backend}" has no key: give openai({ apiKey }), or set OPENAI_API_KEY before the backend is made.`,
    { failure: "auth", details: { backend } },
  );
}
