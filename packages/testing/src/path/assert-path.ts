import { CatenaryError } from "@catenary/core";
import { explainLeg } from "./explain-leg.ts";
import { type Leg, legsOf, type RunWithSteps } from "./taken-path.ts";

/**
 * Throws unless the run entered exactly these tasks in this order. A step counts once, however many attempts it took.
 *
 * @throws CatenaryError `path_mismatch` with both paths and why the run went another way.
 */
export function assertPath(run: RunWithSteps, expected: readonly string[]): void {
  const legs = legsOf(run);
  const taken = legs.map(({ taskId }) => taskId);
  const same = commonLength(taken, expected);
  if (same === taken.length && same === expected.length) return;
  throw new CatenaryError(
    "path_mismatch",
    [
      "the run did not take the expected path (- expected, + taken):",
      ...diff(taken, expected, same),
      ...reasons(run, legs, same),
    ].join("\n"),
  );
}

/**
 * @throws CatenaryError `path_mismatch` where the run did not enter this task.
 */
export function assertReached(run: RunWithSteps, taskId: string): void {
  checkTask(run, taskId);
  const legs = legsOf(run);
  if (legs.some((leg) => leg.taskId === taskId)) return;
  const last = legs.length - 1;
  throw new CatenaryError(
    "path_mismatch",
    [`the run was to reach ${taskId}, and went ${listed(legs)}.`, ...reasons(run, legs, last + 1)].join("\n"),
  );
}

/**
 * @throws CatenaryError `path_mismatch` where the run entered this task.
 */
export function assertNotReached(run: RunWithSteps, taskId: string): void {
  checkTask(run, taskId);
  const legs = legsOf(run);
  const at = legs.findIndex((leg) => leg.taskId === taskId);
  if (at < 0) return;
  throw new CatenaryError(
    "path_mismatch",
    [`the run was not to reach ${taskId}, and went ${listed(legs)}.`, ...reasons(run, legs, at)].join("\n"),
  );
}

/** A misspelt id is never reached: without this an assertion could not fail. */
function checkTask({ chain }: RunWithSteps, taskId: string): void {
  if (chain === undefined || chain.tasks.some(({ id }) => id === taskId)) return;
  const ids = chain.tasks.map(({ id }) => id).join(", ");
  throw new CatenaryError(
    "task_unknown",
    `the chain ${chain.id} has no task ${JSON.stringify(taskId)}; it has: ${ids}`,
  );
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length++;
  return length;
}

function diff(taken: readonly string[], expected: readonly string[], same: number): readonly string[] {
  const restTaken = taken.slice(same);
  const restExpected = expected.slice(same);
  const again = commonLength(restTaken.toReversed(), restExpected.toReversed());
  const kept = restTaken.slice(restTaken.length - again);
  return [
    ...taken.slice(0, same).map((id) => `    ${id}`),
    ...restExpected.slice(0, restExpected.length - again).map((id) => `  - ${id}`),
    ...restTaken.slice(0, restTaken.length - again).map((id) => `  + ${id}`),
    ...kept.map((id) => `    ${id}`),
  ];
}

/** Why the run came to the step at this place, and why it failed where it did. */
function reasons(run: RunWithSteps, legs: readonly Leg[], place: number): readonly string[] {
  const before = legs[place - 1];
  const why = before === undefined ? [] : [explainLeg(before, legs[place], run.chain)];
  return run.error === undefined ? why : [...why, `The run did not come to its end: ${run.error.message}`];
}

function listed(legs: readonly Leg[]): string {
  return legs.length === 0 ? "nowhere" : legs.map(({ taskId }) => taskId).join(" → ");
}
