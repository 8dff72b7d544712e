import type { Capabilities } from "./capabilities.ts";

/** What the owner says about a model, wherever it is served. It wins over what a server tells. */
export interface DeclaredModel {
  /** The name that backends and chains use. */
  readonly name: string;
  readonly contextLength?: number;
  readonly capabilities?: Capabilities;
}
