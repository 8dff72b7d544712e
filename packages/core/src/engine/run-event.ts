import type { ErrorData } from "../errors/error-data.ts";
import type { DataType } from "../value/data-type.ts";
import type { TypedValue } from "../value/typed-value.ts";
import type { Usage } from "../value/usage.ts";
import type { StepKey } from "./step-key.ts";
import type { StepRecord } from "./step-record.ts";

interface Placed {
  readonly runId: string;
  readonly chainId: string;
  /** The event's place among the run's recorded events, from 0. A live-only event has the place of the recorded one before it. */
  readonly seq: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

export interface RunStartedEvent extends Placed {
  readonly kind: "run_started";
  readonly chainHash: string;
  readonly inputType: DataType;
}

export interface StepStartedEvent extends Placed {
  readonly kind: "step_started";
  readonly key: StepKey;
  readonly taskId: string;
  readonly handler: string;
  readonly visit: number;
  readonly inputType: DataType;
}

export interface StepRetryingEvent extends Placed {
  readonly kind: "step_retrying";
  /** The attempt that failed. */
  readonly step: StepRecord;
  readonly delayMs: number;
}

export interface StepCompletedEvent extends Placed {
  readonly kind: "step_completed";
  readonly step: StepRecord;
  /** The id of the task that follows, or `end`. */
  readonly goto: string;
}

export interface StepFailedEvent extends Placed {
  readonly kind: "step_failed";
  readonly step: StepRecord;
  /** Where `on_failure` leads; absent where the run fails. */
  readonly goto?: string;
}

export interface TextPrintedEvent extends Placed {
  readonly kind: "text_printed";
  readonly key: StepKey;
  readonly taskId: string;
  readonly text: string;
}

export interface RunCompletedEvent extends Placed {
  readonly kind: "run_completed";
  readonly output: TypedValue;
  readonly usage: Usage;
}

export interface RunFailedEvent extends Placed {
  readonly kind: "run_failed";
  readonly error: ErrorData;
}

export interface RunCancelledEvent extends Placed {
  readonly kind: "run_cancelled";
  readonly reason: string;
}

/** Derived from a state and a fact; the same run gives the same events again. */
export type RecordedEvent =
  | RunStartedEvent
  | StepStartedEvent
  | StepRetryingEvent
  | StepCompletedEvent
  | StepFailedEvent
  | TextPrintedEvent
  | RunCompletedEvent
  | RunFailedEvent
  | RunCancelledEvent;

/** A piece of a task's text, while the model writes it. */
export interface StepDeltaEvent extends Placed {
  readonly kind: "step_delta";
  readonly key: StepKey;
  readonly taskId: string;
  readonly attempt: number;
  readonly text: string;
}

/** The pieces of this step that came so far are void: it starts again. */
export interface StepResetEvent extends Placed {
  readonly kind: "step_reset";
  readonly key: StepKey;
  readonly taskId: string;
  readonly attempt: number;
}

/**
 * So many events are gone that this reader has not read: because it was too slow, and then recorded ones can be read again from
 * the run's store; or, where this is the first that it reads, because the store has given up the run.
 */
export interface EventsDroppedEvent extends Placed {
  readonly kind: "events_dropped";
  readonly count: number;
}

/** What listeners see. */
export type RunEvent = RecordedEvent | StepDeltaEvent | StepResetEvent | EventsDroppedEvent;
