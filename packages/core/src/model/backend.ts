import type { BackendRouting } from "./backend-routing.ts";
import type { Capabilities } from "./capabilities.ts";
import type { EmbeddingModel, LanguageModel } from "./contract.ts";
import type { TokenCounter } from "./token-counter.ts";

/** A model as a backend lists it. */
export interface BackendModel {
  /** The name by which the backend knows it. */
  readonly id: string;
  /** How many tokens its context holds, where the server tells or somebody declared it. */
  readonly contextLength?: number;
  readonly capabilities?: Capabilities;
  /** Whether the server has it in memory, so that a call need not wait until it is loaded; absent where the server does not tell. */
  readonly loaded?: boolean;
  /** Bytes on disk, where the server tells. */
  readonly size?: number;
  readonly digest?: string;
  /** RFC 3339. */
  readonly modifiedAt?: string;
  /** Whatever else the server says about it. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface PullProgress {
  readonly status: string;
  readonly digest?: string;
  /** Bytes of this part. */
  readonly total?: number;
  /** Bytes of this part that are here. */
  readonly completed?: number;
}

/**
 * One endpoint that serves models. An adapter package makes these; it translates and does nothing else: no retries, no
 * timeouts, no choice among models. Those belong to the runtime.
 */
export interface Backend {
  /** Unique in a runtime. */
  readonly id: string;
  /** The kind of API it speaks: `ollama`, `openai`, `vllm`, … A chain may ask for it as `provider`. */
  readonly type: string;
  /** For people. Default: the id. */
  readonly name?: string;
  /** Where it is, without credentials. Its path may hold a key: errors show it as `showAddress` does. */
  readonly baseUrl?: string;
  /** How routing treats it. Every part has a default. */
  readonly routing?: BackendRouting;
  /** Whether a sync deletes models from it that nobody declared. Default false. */
  readonly prune?: boolean;
  /** Counts with its models' own vocabularies. Routing asks it where a conversation is near a model's limit and the runtime has no `tokens`. Default: an estimate. */
  readonly tokens?: TokenCounter;
  /** What a person can do to get a model that the backend does not serve: `run: ollama pull NAME`. Ends an error message. */
  missingModelHint?(modelId: string): string;
  /** What it serves right now. Rejects where it cannot be reached. */
  listModels(options?: { readonly signal?: AbortSignal }): Promise<readonly BackendModel[]>;
  /** A model that answers. Makes no request by itself. */
  languageModel(modelId: string): LanguageModel;
  /** A model that embeds; absent where the backend has none. */
  embeddingModel?(modelId: string): EmbeddingModel;
  /** Fetches a model onto the server. Resolves when it can be used. */
  pullModel?(
    modelId: string,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (progress: PullProgress) => void },
  ): Promise<void>;
  /** Removes a model from the server. */
  deleteModel?(modelId: string, options?: { readonly signal?: AbortSignal }): Promise<void>;
}
