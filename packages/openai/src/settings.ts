import type { BackendModel, BackendRouting, Fetch } from "@catenary/core";

/** What every backend of this package can be told. */
export interface ServerSettings {
  /** Unique in the runtime. */
  readonly id?: string;
  /** For people. Default: the id. */
  readonly name?: string;
  readonly apiKey?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * What is known about the models. A list is all there is, and the server is not asked; an object by name adds to what the
   * server lists, and wins over it. A model that embeds must be declared, unless the server says so itself.
   */
  readonly models?: readonly (string | BackendModel)[] | DeclaredModels;
  /** Default: under Node `defaultFetch` of `@catenary/node`, elsewhere the platform's. */
  readonly fetch?: Fetch;
  /** How routing treats the backend. Every part has a default. */
  readonly routing?: BackendRouting;
}

export type DeclaredModels = Readonly<Record<string, Omit<BackendModel, "id">>>;

export interface OpenAISettings extends ServerSettings {
  /** Default `openai`. */
  readonly id?: string;
  /** Default: the environment variable `OPENAI_API_KEY`, as it is when the backend is made. */
  readonly apiKey?: string;
  /** Default `https://api.openai.com/v1`. */
  readonly baseUrl?: string;
  /** For keys that belong to several organizations. */
  readonly organization?: string;
  readonly project?: string;
}

export interface VllmSettings extends ServerSettings {
  /** Default `vllm`. */
  readonly id?: string;
  /** Where the server is, with or without `/v1`: `http://127.0.0.1:8000`. */
  readonly baseUrl: string;
  /** Only where the server was started with `--api-key`. */
  readonly apiKey?: string;
  /** Whether the models obey a JSON schema. Default true. */
  readonly structuredOutput?: boolean;
}

export interface OpenAICompatibleSettings extends ServerSettings {
  readonly id: string;
  /** What a chain asks for as `provider`. Default `openai-compatible`. */
  readonly type?: string;
  /** Where the routes begin, usually with `/v1`: `http://127.0.0.1:1234/v1`. */
  readonly baseUrl: string;
  /** Whether the models obey a JSON schema. Default: not known, which counts as no. */
  readonly structuredOutput?: boolean;
}
