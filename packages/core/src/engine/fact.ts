import type { ErrorData } from "../errors/error-data.ts";
import type { Outcome } from "../value/outcome.ts";
import type { TypedValue } from "../value/typed-value.ts";
import type { CallReport } from "./call-report.ts";
import type { StepKey } from "./step-key.ts";

interface Timed {
  /** When it became known, in milliseconds since the Unix epoch. */
  readonly at: number;
}

export interface RunStarted extends Timed {
  readonly kind: "run_started";
  readonly runId: string;
  readonly input: TypedValue;
  readonly variables: Readonly<Record<string, TypedValue>>;
  /** How many steps the run may take. */
  readonly stepBudget: number;
}

interface AttemptEnded extends Timed {
  /** Which effect this answers. */
  readonly key: StepKey;
  readonly attempt: number;
  readonly startedAt: number;
  readonly calls: CallReport;
}

export interface AttemptSucceeded extends AttemptEnded {
  readonly kind: "attempt_succeeded";
  readonly output: TypedValue;
  readonly outcome: Outcome;
}

export interface AttemptFailed extends AttemptEnded {
  readonly kind: "attempt_failed";
  readonly error: ErrorData;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** A number drawn by the driver, 0 ≤ n < 1, for the pause before a retry. */
  readonly random: number;
  /** Whether a reader already has a part of this attempt's text. */
  readonly delivered: boolean;
}

export interface CancelRequested extends Timed {
  readonly kind: "cancel_requested";
  readonly reason: string;
  /** The attempts that were under way, as far as they had come. Nothing is heard of them any more. */
  readonly attempts?: readonly CutOffAttempt[];
}

/** An attempt that was under way when its run was cancelled. */
export interface CutOffAttempt {
  readonly key: StepKey;
  readonly attempt: number;
  readonly startedAt: number;
  readonly calls: CallReport;
}

/** What happened outside. Facts are the only input of `transition`, and what a journal keeps. */
export type Fact = RunStarted | AttemptSucceeded | AttemptFailed | CancelRequested;
