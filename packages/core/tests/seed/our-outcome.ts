import type { Finding } from "../../src/chain/finding.ts";
import { toErrorData } from "../../src/errors/catenary-error.ts";
import type { ErrorData } from "../../src/errors/error-data.ts";
import type { RunResult } from "../../src/run/run-result.ts";
import { isJsonObject, type Json } from "../../src/value/json.ts";
import type { OurAnswer } from "./answer.ts";
import { normalise } from "./normalise.ts";
import type { RecordedCase } from "./recorded-case.ts";
import { withReadArguments } from "./their-answer.ts";
import { wireRecord } from "./wire-record.ts";

/** How a case ended, without the calls that it made. */
export type Outcome = Pick<OurAnswer, "status" | "failedTask" | "output" | "outputType" | "state" | "code" | "message">;

/** A chain that has errors runs nothing. The first of them stands for all. */
export function refused(
  { chain }: RecordedCase,
  findings: readonly Pick<Finding, "severity" | "path" | "message">[],
): Outcome {
  const error = findings.find(({ severity }) => severity === "error");
  const place = /^\$(?:\.chain)?\.tasks\[(\d+)\]/.exec(error?.path ?? "")?.[1];
  // Safe: what is no list has no such path.
  const task = place === undefined ? undefined : (chain.tasks as readonly Json[])[Number(place)];
  return {
    status: "failed",
    code: String(error && "code" in error ? error.code : "none"),
    message: `${error?.path}: ${error?.message}`,
    ...(isJsonObject(task) && typeof task.id === "string" && { failedTask: task.id }),
  };
}

/** The run came to its end, or failed on its way. */
export function ended({ chain }: RecordedCase, result: RunResult): Outcome {
  if (result.status !== "ok") {
    const error = toErrorData("error" in result ? result.error : result.status);
    const { taskId } = error.details ?? {};
    return {
      status: "failed",
      code: innermost(error).code,
      message: innermost(error).message,
      ...(typeof taskId === "string" && { failedTask: taskId }),
    };
  }
  return {
    status: "ok",
    output: withReadArguments(normalise(result.output)),
    outputType: result.outputType,
    state: result.steps.map((step) => wireRecord(step, chain.debug === true)),
  };
}

function innermost(error: ErrorData): ErrorData {
  return error.code === "task_failed" && error.cause !== undefined ? error.cause : error;
}
