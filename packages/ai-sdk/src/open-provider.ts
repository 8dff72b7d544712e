import { asModel, invalid } from "./check-settings.ts";
import type { AISDKProvider, AISDKSource } from "./provider.ts";
import type { AISDKSettings } from "./settings.ts";
import { isUnderstood, understoodVersions } from "./versions.ts";

/** Where models come from. What comes is checked when it comes: providers are not all written in TypeScript. */
export interface OpenProvider {
  readonly language: (modelId: string) => unknown;
  /** Undefined where the provider has none. */
  readonly embedding: ((modelId: string) => unknown) | undefined;
}

/** @throws CatenaryError `settings_invalid` where it is no provider, or one of an unknown version. */
export function openProvider(source: AISDKSource, settings: Pick<AISDKSettings, "id" | "models">): OpenProvider {
  const provider = open(source, settings.id);
  const embeds = settings.models?.map(asModel).find((model) => model?.capabilities?.embed === true);
  if (embeds !== undefined && provider.embedding === undefined) {
    throw invalid(
      `the backend "${settings.id}" declares that "${embeds.id}" embeds, and its provider makes no embedding models.`,
    );
  }
  return provider;
}

function open(source: AISDKSource, backend: string): OpenProvider {
  if (isProvider(source)) {
    checkProviderVersion(source, backend);
    const { embeddingModel, textEmbeddingModel } = source;
    const embedding = embeddingModel ?? textEmbeddingModel;
    return {
      language: (modelId) => source.languageModel(modelId),
      embedding: typeof embedding === "function" ? (modelId) => embedding.call(source, modelId) : undefined,
    };
  }
  if (typeof source === "function") return { language: source, embedding: source };
  const got = hasField(source, "doGenerate")
    ? "one of its models: give the provider itself, or a function from the name of a model to the model"
    : `a value of the type ${source === null ? "null" : typeof source}`;
  throw invalid(`the backend "${backend}" needs a provider of the AI SDK, such as createMistral(), and got ${got}.`);
}

/** A callable provider has the same methods as one that is not. */
function isProvider(source: AISDKSource): source is AISDKProvider {
  return hasField(source, "languageModel") && typeof source.languageModel === "function";
}

/** Providers carry a version since v3. */
function checkProviderVersion(provider: object, backend: string): void {
  if (!hasField(provider, "specificationVersion")) return;
  const { specificationVersion: version } = provider;
  if (version === undefined || isUnderstood(version)) return;
  throw invalid(
    `the provider of the backend "${backend}" has the version ${String(version)} of the AI SDK's provider specification, and ${understoodVersions} are understood.`,
  );
}

function hasField<K extends string>(value: unknown, name: K): value is Record<K, unknown> {
  return ((typeof value === "object" && value !== null) || typeof value === "function") && name in value;
}
