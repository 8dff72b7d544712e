import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import {
  checkBackendRouting,
  checkServerSettings,
  checkSettingNames,
  type LanguageModelCallOptions,
} from "@catenary/core";
import { checkBaseUrl } from "./check-base-url.ts";
import { compatibleModel } from "./compatible-model.ts";
import { connect } from "./connect.ts";
import { listModels } from "./list-models.ts";
import { makeOnce } from "./make-once.ts";
import type { OpenAIBackend } from "./openai.ts";
import { COMPATIBLE } from "./setting-names.ts";
import type { OpenAICompatibleSettings } from "./settings.ts";
import { wrapEmbeddingModel } from "./wrap-embedding-model.ts";
import { wrapLanguageModel } from "./wrap-language-model.ts";

/**
 * Any server that speaks OpenAI's chat completions, as a backend. Makes no request by itself.
 *
 * @throws CatenaryError `settings_invalid` where `baseUrl` is no address, or a setting has another name.
 */
export function openaiCompatible(settings: OpenAICompatibleSettings): OpenAIBackend {
  checkSettingNames("openaiCompatible()", settings, COMPATIBLE);
  checkServerSettings("openaiCompatible()", settings);
  return compatibleBackend(settings);
}

/** The same, for servers of which more is known. */
export function compatibleBackend(
  settings: OpenAICompatibleSettings,
  translate?: (options: LanguageModelCallOptions) => LanguageModelCallOptions,
): OpenAIBackend {
  const { id, type = "openai-compatible", name, apiKey, headers, models, structuredOutput, routing } = settings;
  checkBackendRouting(id, routing);
  const baseUrl = checkBaseUrl(settings.baseUrl, "http://127.0.0.1:1234/v1");
  const connection = connect({ backend: id, baseUrl, apiKey: apiKey || undefined, headers, fetch: settings.fetch });
  const provider = createOpenAICompatible({
    name: type,
    baseURL: baseUrl,
    fetch: connection.fetch,
  });
  const known = { chat: true, stream: true, ...(structuredOutput !== undefined && { structuredOutput }) };
  const wrapping = { connection, provider: type, ...(translate !== undefined && { translate }) };

  return {
    id,
    type,
    ...(name !== undefined && { name }),
    baseUrl,
    ...(routing !== undefined && { routing }),
    listModels: ({ signal } = {}) => listModels(connection, models, known, signal),
    languageModel: makeOnce((modelId) => wrapLanguageModel(compatibleModel(connection, type, modelId), wrapping)),
    embeddingModel: makeOnce((modelId) => wrapEmbeddingModel(provider.embeddingModel(modelId), wrapping)),
  };
}
