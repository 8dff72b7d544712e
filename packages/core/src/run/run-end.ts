import { runCancelled } from "../engine/run-cancelled.ts";
import type { RunState } from "../engine/run-state.ts";
import { CatenaryError, fromErrorData, toErrorData } from "../errors/catenary-error.ts";
import type { ErrorData } from "../errors/error-data.ts";
import { copyJson } from "../value/copy-json.ts";
import type { AttemptOutcome } from "./execute-attempt.ts";
import { RunFailedError } from "./run-failed-error.ts";
import type { RunResult, RunTrace } from "./run-result.ts";

/** How a run ended that the engine has brought to its end. `last` is its last failed attempt. */
export function endOf(state: RunState, trace: RunTrace, last: AttemptOutcome | undefined): RunResult {
  switch (state.status) {
    case "completed":
      return { status: "ok", ...trace, output: copyJson(state.output.value), outputType: state.output.type };
    case "failed":
      return { status: "failed", ...trace, error: new RunFailedError(state.error, trace, causeOf(state.error, last)) };
    case "cancelled":
      return { status: "cancelled", ...trace, error: new RunFailedError(stopped(state).toJSON(), trace, undefined) };
    default:
      throw new CatenaryError("engine_defect", `the run stopped in the state ${state.status}`);
  }
}

/** How a run ended that could not go on. Only the store or a defect of ours does that: whatever a task does wrong is a fact. */
export function brokenOff(trace: RunTrace, error: unknown): RunResult {
  return { status: "failed", ...trace, error: new RunFailedError(toErrorData(error), trace, error) };
}

/** How a run ended that was cancelled, and whose store has not kept that in time. */
export function stoppedWithoutStore(trace: RunTrace, reason: string, graceMs: number): RunResult {
  const error = runCancelled(`${reason}; its store did not keep that within ${graceMs / 1000} seconds`);
  return { status: "cancelled", ...trace, error: new RunFailedError(error.toJSON(), trace, undefined) };
}

/** Why attempts are interrupted when their run ends. */
export function stopped(state: RunState): CatenaryError {
  const reason = state.status === "cancelled" ? state.reason : "it is over";
  return runCancelled(reason);
}

/** The very error that was thrown, where the last attempt is what failed the run; an earlier one may have been caught. */
function causeOf({ cause }: ErrorData, last: AttemptOutcome | undefined): unknown {
  if (last?.fact.kind === "attempt_failed" && last.fact.error === cause) return last.error;
  return cause && fromErrorData(cause);
}
