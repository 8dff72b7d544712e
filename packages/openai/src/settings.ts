import type { BackendModel, BackendRouting, Fetch } from "@catenary/core";

/** What every backend of this package can be told. */
export interface ServerSettings {
  /** Unique in the runtime. */
  readonly id?: string | undefined;
  /** For people. Default: the id. */
  readonly name?: string | undefined;
  readonly apiKey?: string | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * What is known about the models. A list is all there is, and the server is not asked; an object by name adds to what the
   * server lists, and wins over it. A model that embeds must be declared, unless the server says so itself.
   */
  readonly models?: readonly (string | BackendModel)[] | DeclaredModels | undefined;
  /** Default: under Node `defaultFetch` of `@catenary/node`, elsewhere the platform's. */
  readonly fetch?: Fetch | undefined;
  /** How routing treats the backend. Every part has a default. */
  readonly routing?: BackendRouting | undefined;
}

export type DeclaredModels = Readonly<Record<string, Omit<BackendModel, "id">>>;

export interface OpenAISettings extends ServerSettings {
  /** Default `openai`. */
  readonly id?: string | undefined;
  /** Default: the environment variable `OPENAI_API_KEY`, as it is when the backend is made. */
  readonly apiKey?: string | undefined;
  /** Default `https://api.openai.com/v1`. */
  readonly baseUrl?: string | undefined;
  /** For keys that belong to several organizations. */
  readonly organization?: string | undefined;
  readonly project?: string | undefined;
}

export interface VllmSettings extends ServerSettings {
  /** Default `vllm`. */
  readonly id?: string | undefined;
  /** Where the server is, with or without `/v1`: `http://127.0.0.1:8000`. */
  readonly baseUrl: string;
  /** Only where the server was started with `--api-key`. */
  readonly apiKey?: string | undefined;
  /** Whether the models obey a JSON schema. Default true. */
  readonly structuredOutput?: boolean | undefined;
}

export interface OpenAICompatibleSettings extends ServerSettings {
  readonly id: string;
  /** What a chain asks for as `provider`. Default `openai-compatible`. */
  readonly type?: string | undefined;
  /** Where the routes begin, usually with `/v1`: `http://127.0.0.1:1234/v1`. */
  readonly baseUrl: string;
  /** Whether the models obey a JSON schema. Default: not known, which counts as no. */
  readonly structuredOutput?: boolean | undefined;
}
