import type { BackendModel, BackendRouting, Capabilities } from "@catenary/core";

/** Tells which models a provider serves. What it rejects with makes the backend unreachable until it is asked again. */
export type ListModels = (options: {
  readonly signal?: AbortSignal;
}) => readonly (string | BackendModel)[] | PromiseLike<readonly (string | BackendModel)[]>;

interface GeneralSettings {
  /** Unique in the runtime. */
  readonly id: string;
  /** What a chain asks for as `provider`. Default: the id. */
  readonly type?: string | undefined;
  /** For people. Default: the id. */
  readonly name?: string | undefined;
  /** What every model that does not embed can do, where nothing else is said about it: `{ structuredOutput: true }`. */
  readonly capabilities?: Capabilities | undefined;
  /** How routing treats the backend. Every part has a default. */
  readonly routing?: BackendRouting | undefined;
  /** Texts that are blotted out of every error, such as the key that the provider was made with. What looks like a key is hidden without this. */
  readonly secrets?: readonly (string | undefined)[] | undefined;
}

/** Providers cannot tell what they serve, so somebody has to: as a list, as a function, or as a function and what is added to it. */
export type AISDKSettings = GeneralSettings &
  (
    | {
        /**
         * The models, by name or with what is known about them. A model that embeds has to say so: `capabilities: { embed: true }`.
         * Beside `listModels` they add to what that tells, and win over it.
         */
        readonly models: readonly (string | BackendModel)[];
        readonly listModels?: ListModels | undefined;
      }
    | { readonly models?: readonly (string | BackendModel)[] | undefined; readonly listModels: ListModels }
  );
