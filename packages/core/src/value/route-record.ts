/** Why a model call went where it went, as plain data: part of the step's record. */
export interface RouteRecord {
  /** The policy that chose. */
  readonly policy: string;
  /** Every candidate that was tried, in order; the last one answered, or failed last. */
  readonly tried: readonly RouteAttempt[];
  /** Candidates that were left out before the policy chose, and which stage left them out. */
  readonly dropped: readonly {
    readonly backend: string;
    /** Empty where the backend did not say what it serves. */
    readonly model: string;
    /** `listed`, `eligible` or `available`. */
    readonly stage: string;
    readonly why: string;
  }[];
}

export interface RouteAttempt {
  readonly backend: string;
  readonly model: string;
  /** The code and class of the failure; absent where the candidate answered. */
  readonly error?: { readonly code: string; readonly failure: string };
}
