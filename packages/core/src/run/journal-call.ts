import type { StepKey } from "../engine/step-key.ts";

/** One thing that a handler does outside of the run. The first four tell it from all others. */
export interface OutsideCall {
  readonly runId: string;
  /** Of the step. */
  readonly key: StepKey;
  /** Counted from 1. */
  readonly attempt: number;
  /** Its place among the calls of the attempt, from 0. An attempt that is made again makes the same calls in the same order. */
  readonly number: number;
  /** What is done, for whoever reads the journal: `generate`, `embed`, `hook`, `count_tokens`, or what a handler named itself. */
  readonly name: string;
}

/**
 * Stands between handlers and the outside: does `act` and keeps what came of it, or gives what it kept of the same call and does
 * nothing. What is kept of the context's own calls is plain JSON data; what handlers do with `call` is theirs.
 */
export type JournalCall = <T>(call: OutsideCall, act: () => Promise<T>) => Promise<T>;
