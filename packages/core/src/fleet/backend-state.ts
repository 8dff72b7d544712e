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
  /** How it stands with it, as routing has learnt from its calls: in what `runtime.states()` tells. */
  readonly health?: ReportedHealth;
}

/** How it stands with a backend. Times are in milliseconds since the Unix epoch. */
export interface ReportedHealth {
  /** How many calls are under way. */
  readonly inFlight: number;
  /** How many calls wait for a place. */
  readonly waiting: number;
  /** How many calls it takes at once; absent where nobody said. */
  readonly concurrency?: number;
  /** Why it gets no calls, whichever model: it refused the key, or the account has nothing left. Absent where it takes the key. */
  readonly credential?: "refused" | "spent";
  readonly credentialUntil?: number;
  readonly models: readonly {
    readonly id: string;
    readonly inFlight: number;
    /** It failed too often, and gets no calls until then. */
    readonly openUntil?: number;
    /** It asked to be left alone until then. */
    readonly coolingUntil?: number;
    /** Since when the backend says that it does not have the model that it listed. */
    readonly missingSince?: number;
  }[];
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
