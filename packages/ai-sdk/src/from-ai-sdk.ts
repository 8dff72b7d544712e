import { type Backend, checkBackendRouting } from "@catenary/core";
import { asEmbeddingModel } from "./adapt/as-embedding-model.ts";
import { asLanguageModel } from "./adapt/as-language-model.ts";
import { checkSettings } from "./check-settings.ts";
import { guardEmbeddingModel } from "./guard-embedding-model.ts";
import { guardLanguageModel } from "./guard-language-model.ts";
import { createHide } from "./hide.ts";
import { listModels } from "./list-models.ts";
import { openProvider } from "./open-provider.ts";
import type { AISDKSource } from "./provider.ts";
import type { AISDKSettings } from "./settings.ts";

/**
 * Any provider of the AI SDK as a backend. Makes no request by itself, and reads nothing from the environment; the provider may.
 *
 * @param source The provider, or a function from the name of a model to the model. Specification versions v2, v3 and v4 are understood.
 * @throws CatenaryError `settings_invalid` where the source is no provider, or the settings do not say what it serves.
 */
export function fromAISDK(source: AISDKSource, settings: AISDKSettings): Backend {
  checkSettings(settings);
  const { id, type = id, name, routing } = settings;
  checkBackendRouting(id, routing);
  const provider = openProvider(source, settings);
  const hide = createHide(settings.secrets);
  const about = (model: string) => ({ backend: id, model, hide });
  const { embedding } = provider;

  return {
    id,
    type,
    ...(name !== undefined && { name }),
    ...(routing !== undefined && { routing }),
    listModels: ({ signal } = {}) => listModels(settings, hide, signal),
    languageModel: (modelId) =>
      guardLanguageModel(about(modelId), () => asLanguageModel(provider.language(modelId), about(modelId))),
    ...(embedding !== undefined && {
      embeddingModel: (modelId: string) =>
        guardEmbeddingModel(about(modelId), () => asEmbeddingModel(embedding(modelId), about(modelId))),
    }),
  };
}
