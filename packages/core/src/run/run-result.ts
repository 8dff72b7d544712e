import type { StepRecord } from "../engine/step-record.ts";
import type { DataType } from "../value/data-type.ts";
import type { Json } from "../value/json.ts";
import type { Usage } from "../value/usage.ts";
import type { RunFailedError } from "./run-failed-error.ts";

/** What is known of a run however it ended. */
export interface RunTrace {
  readonly runId: string;
  readonly chainId: string;
  /** One for each attempt, in the order in which they ended. */
  readonly steps: readonly StepRecord[];
  /** Of all model calls together, as the providers counted. */
  readonly usage: Usage;
}

/** What `runtime.run` resolves to. */
export interface RunOutput<Output = Json> extends RunTrace {
  /** The caller's own: it may be changed. */
  readonly output: Output;
  readonly outputType: DataType;
}

/** How a run ended. `suspended`: it waits for something outside; nothing does that yet. */
export type RunResult<Output = Json> =
  | (RunOutput<Output> & { readonly status: "ok" })
  | (RunTrace & { readonly status: "failed"; readonly error: RunFailedError })
  | (RunTrace & { readonly status: "suspended" })
  | (RunTrace & { readonly status: "cancelled"; readonly error: RunFailedError });
