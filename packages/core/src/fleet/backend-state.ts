import type { CatenaryError } from "../errors/catenary-error.ts";
import type { Backend, BackendModel } from "../model/backend.ts";

/** What a backend serves, as far as is known. */
export interface BackendState {
  readonly backend: Backend;
  readonly models: readonly BackendModel[];
  /** What it served when it last said so, where its models could not be listed now. Calls do not go by it. */
  readonly lastModels?: readonly BackendModel[];
  /** Why its models could not be listed. */
  readonly error: CatenaryError | undefined;
  /** When it was asked, in milliseconds since the Unix epoch. */
  readonly at: number;
}

/** A backend that is being asked what it serves. */
export interface Asking {
  /** In milliseconds since the Unix epoch. */
  readonly since: number;
  /** Never rejects. */
  readonly state: Promise<BackendState>;
  /** What it said when it was asked before. */
  readonly last?: BackendState | undefined;
}
