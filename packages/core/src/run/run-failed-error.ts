import { CatenaryError } from "../errors/catenary-error.ts";
import type { ErrorData } from "../errors/error-data.ts";
import type { RunTrace } from "./run-result.ts";

/** A run did not come to its end: a task failed (`task_failed`), the steps ran out (`step_budget_exceeded`), or it was stopped (`run_cancelled`). */
export class RunFailedError extends CatenaryError {
  /** What the run did until then. Not part of the error's JSON. */
  readonly run: RunTrace;

  constructor(error: ErrorData, run: RunTrace, cause: unknown) {
    super(error.code, error.message, {
      failure: error.failure,
      cause,
      details: { runId: run.runId, chainId: run.chainId, ...error.details },
    });
    this.run = run;
    // A trace is long; whoever prints an error wants to see the error.
    Object.defineProperty(this, "run", { enumerable: false });
  }
}
