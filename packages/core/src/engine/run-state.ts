import type { ErrorData } from "../errors/error-data.ts";
import type { TypedValue } from "../value/typed-value.ts";
import type { Usage } from "../value/usage.ts";
import type { StepKey } from "./step-key.ts";

/** The step that a thread is at. */
export interface CurrentStep {
  readonly key: StepKey;
  /** The task's place in the chain. */
  readonly task: number;
  readonly visit: number;
  readonly attempt: number;
  /** The effective input, after `input_var` and the template. */
  readonly input: TypedValue;
  /** Model calls made by the attempts that have ended. */
  readonly tries: number;
}

/** One line of control through the chain. */
export interface Thread {
  /** Empty for the first. */
  readonly path: string;
  /** By the slots of the program; null where nothing was set yet, so that JSON keeps it. */
  readonly variables: readonly (TypedValue | null)[];
  /** How often each task was entered, by its place in the chain. */
  readonly visits: readonly number[];
  readonly current: CurrentStep;
}

interface Started {
  readonly runId: string;
  /** Steps entered so far. */
  readonly steps: number;
  /** Events derived so far; the next one's `seq`. */
  readonly events: number;
  readonly usage: Usage;
}

export interface RunningState extends Started {
  readonly status: "running";
  readonly stepBudget: number;
  readonly threads: Readonly<Record<string, Thread>>;
}

export interface CompletedState extends Started {
  readonly status: "completed";
  readonly output: TypedValue;
}

export interface FailedState extends Started {
  readonly status: "failed";
  readonly error: ErrorData;
}

export interface CancelledState extends Started {
  readonly status: "cancelled";
  readonly reason: string;
}

/** Everything that decides how a run goes on. Plain data: it can be stored and read back. */
export type RunState = { readonly status: "new" } | RunningState | CompletedState | FailedState | CancelledState;

export const NEW_RUN: RunState = Object.freeze({ status: "new" });
