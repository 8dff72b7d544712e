import type { BackendModel, BackendRouting, Fetch } from "@catenary/core";

export interface GeminiSettings {
  /** Unique in the runtime. Default `gemini`. */
  readonly id?: string | undefined;
  /** For people. Default: the id. */
  readonly name?: string | undefined;
  /** Default: the environment variable `GOOGLE_GENERATIVE_AI_API_KEY`, else `GEMINI_API_KEY`, as they are when the backend is made. */
  readonly apiKey?: string | undefined;
  /** Where the API is, with or without `/v1beta`. Default `https://generativelanguage.googleapis.com`. */
  readonly baseUrl?: string | undefined;
  /** Sent with every request. An `x-goog-api-key` in it replaces the key; an `authorization` does where no key was given. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default: under Node `defaultFetch` of `@catenary/node`, elsewhere the platform's. */
  readonly fetch?: Fetch | undefined;
  /**
   * What is known about the models, by id without `models/`. A list is all there is, and the server is not asked; an object by
   * name adds to what the server lists, and wins over it.
   */
  readonly models?: readonly (string | BackendModel)[] | DeclaredModels | undefined;
  /** How routing treats the backend. Every part has a default. */
  readonly routing?: BackendRouting | undefined;
}

export type DeclaredModels = Readonly<Record<string, Omit<BackendModel, "id">>>;
