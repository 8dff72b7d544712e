import type { Backend, TokenCounter } from "@catenary/core";

/** A backend whose models are in this process, and hold memory in it. */
export interface LlamaBackend extends Backend {
  embeddingModel: NonNullable<Backend["embeddingModel"]>;
  pullModel: NonNullable<Backend["pullModel"]>;
  /** Counts with the models' own tokenizers: `createRuntime({ tokens: backend.tokens })`. */
  readonly tokens: TokenCounter;
  /** Ends its calls and frees the memory of its models. It answers no more. */
  close(): Promise<void>;
}
