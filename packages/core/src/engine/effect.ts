import type { ErrorData } from "../errors/error-data.ts";
import type { TypedValue } from "../value/typed-value.ts";
import type { StepKey } from "./step-key.ts";

/** Make one attempt of a task, after a pause. Answered by `attempt_succeeded` or `attempt_failed`. */
export interface ExecuteEffect {
  readonly kind: "execute";
  readonly key: StepKey;
  /** The path of the thread whose variables the task sees. */
  readonly thread: string;
  /** The task's place in the chain. */
  readonly task: number;
  readonly attempt: number;
  readonly delayMs: number;
  readonly input: TypedValue;
  /** How many model calls the attempt may make. */
  readonly triesLeft: number;
}

/** Wait. */
export interface SleepEffect {
  readonly kind: "sleep";
  readonly key: StepKey;
  readonly delayMs: number;
}

/** Wait for a message from outside. */
export interface ReceiveEffect {
  readonly kind: "receive";
  readonly key: StepKey;
  readonly name: string;
}

/** Run another chain and wait for its end. */
export interface ChildEffect {
  readonly kind: "child";
  readonly key: StepKey;
  readonly chainId: string;
  readonly input: TypedValue;
}

/** Abort what the effect of this key started. */
export interface CancelEffect {
  readonly kind: "cancel";
  readonly key: StepKey;
}

/** The run is over. */
export type FinishEffect =
  | { readonly kind: "finish"; readonly key: StepKey; readonly status: "completed"; readonly output: TypedValue }
  | { readonly kind: "finish"; readonly key: StepKey; readonly status: "failed"; readonly error: ErrorData }
  | { readonly kind: "finish"; readonly key: StepKey; readonly status: "cancelled"; readonly reason: string };

/** What the engine asks its driver to do. A driver rejects a kind that it cannot perform. */
export type Effect = ExecuteEffect | SleepEffect | ReceiveEffect | ChildEffect | CancelEffect | FinishEffect;

/** The key of the one `finish` of a run. */
export const FINISH_KEY: StepKey = "#finish";
