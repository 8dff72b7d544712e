import type { Usage } from "./usage.ts";

/** Why a model call went where it went, as plain data: part of the step's record. */
export interface RouteRecord {
  /** The policy that chose. */
  readonly policy: string;
  /** How many candidates the names in the call could mean, of those where it may go, before anybody was left out. */
  readonly candidates?: number;
  /** The affinity group that the call was held to, or the one that it overflowed into last. */
  readonly group?: string;
  /** Whether health was ignored, because nobody healthy was left. */
  readonly failOpen?: boolean;
  /** What the session said: kept where it was, or sent elsewhere and why. */
  readonly affinity?: string;
  /** What the policy thought of the best candidates, the first choice first; the smaller the better. */
  readonly scores?: readonly { readonly backend: string; readonly model: string; readonly score: number }[];
  /** The random numbers that the last choice drew, in order: with the same candidates and calls under way they choose the same. */
  readonly drawn?: readonly number[];
  /** How long the call waited for a place, in milliseconds. */
  readonly queuedMs?: number;
  /** Every candidate that was tried, in order; the last one answered, or failed last. Empty where nobody could take the call. */
  readonly tried: readonly RouteAttempt[];
  /** Candidates that were not tried: which stage left them out when the policy last chose, or when nobody could take the call, and why. */
  readonly dropped: readonly {
    readonly backend: string;
    /** Empty where the backend did not say what it serves. */
    readonly model: string;
    /** `listed`, `group`, `eligible`, `available` or `tier`. */
    readonly stage: string;
    readonly why: string;
  }[];
}

/** One candidate that was asked, and how that went. */
export interface RouteAttempt {
  readonly backend: string;
  readonly model: string;
  /** When it began, in milliseconds since the Unix epoch. */
  readonly startedAt?: number;
  /** How long the first piece of the answer took, in milliseconds; absent where none came or where the answer came in one piece. */
  readonly firstTokenMs?: number;
  /** In milliseconds. */
  readonly durationMs?: number;
  /** Whether a reader had a part of the answer. */
  readonly committed?: boolean;
  /** Whether it was not told of the form that its answer should have, because it is not known to obey one. */
  readonly formatLeftOut?: boolean;
  /** What of the call it could not take as it was asked, in its adapter's words. */
  readonly warnings?: readonly string[];
  /** The HTTP status, where it failed with one. */
  readonly status?: number;
  /** As the provider counted, where it told. Failed attempts may cost tokens too; the step's and the run's usage count the one that answered. */
  readonly usage?: Usage;
  /** The code and class of the failure, and what exactly; absent where the candidate answered. */
  readonly error?: { readonly code: string; readonly failure: string; readonly reason?: string };
}
