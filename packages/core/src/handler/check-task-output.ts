import { ContractError } from "../errors/contract-error.ts";
import type { FailureClass } from "../errors/failure-class.ts";
import type { Json } from "../value/json.ts";
import { schemaCheck } from "../value/schema/schema-check.ts";
import { listProblems } from "../value/schema/schema-problem.ts";
import type { HandlerContext } from "./handler.ts";

/** Throws a `ContractError` where a task's `output` says something else. `failure` is whose fault that is. */
export function checkTaskOutput({ task }: HandlerContext, value: Json, failure: FailureClass): void {
  if (task.output === undefined) return;
  const problems = schemaCheck(task.output)(value);
  if (problems.length === 0) return;
  const message = `what task ${task.id} (${task.handler}) produced is not what its output schema says: ${listProblems(problems)}`;
  throw new ContractError(message, { contract: "task_output", problems, taskId: task.id }, failure);
}
