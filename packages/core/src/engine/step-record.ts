import type { ErrorData } from "../errors/error-data.ts";
import type { DataType } from "../value/data-type.ts";
import type { Json } from "../value/json.ts";
import type { CallReport } from "./call-report.ts";
import type { StepKey } from "./step-key.ts";

/** What one attempt of one step did. A run's `steps` are these, in the order in which the attempts ended. */
export interface StepRecord extends Omit<CallReport, "tries"> {
  readonly key: StepKey;
  readonly taskId: string;
  readonly handler: string;
  /** How often the task had been entered, this time included. */
  readonly visit: number;
  /** Counted from 1. */
  readonly attempt: number;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** The variable that the input came from, where the task named one. */
  readonly inputVar: string | undefined;
  readonly inputType: DataType;
  /** The type that the handler produced, before `compose`. Where it failed: the type that a prompt or an embedding would have had, else `any`. */
  readonly outputType: DataType;
  /** What branches were compared with. Empty where the attempt failed. */
  readonly outcome: string;
  /** The outcome as contenox/runtime reports it: `true` or `false` for `condition_key`, `failed` for a failed hook. */
  readonly transition: string;
  /** Absent where the attempt succeeded. */
  readonly error?: ErrorData;
  /** Only where the chain says `debug`. */
  readonly input?: Json;
  /** Only where the chain says `debug` and the handler succeeded. */
  readonly output?: Json;
}
