import type { Chain } from "@catenary/core";
import { CatenaryError } from "@catenary/core";
import { checkChain } from "../check-chain.ts";
import { checkRun } from "../check-run.ts";
import { describeValue } from "../describe-value.ts";
import { checkTaskIds } from "./check-task-ids.ts";
import { explainLeg } from "./explain-leg.ts";
import { type Leg, legsOf, type RunWithChain, type RunWithSteps } from "./taken-path.ts";

/**
 * Throws unless the run entered exactly these tasks in this order. A step counts once, however many attempts it took.
 *
 * @param chain What the run ran. A simulation knows it itself; for another run it makes errors tell more.
 * @throws CatenaryError `path_mismatch` with both paths and why the run went another way; `task_unknown` where the chain is
 * known and has no such task; `chain_mismatch` where the run is of another chain; `run_invalid` and `settings_invalid` where an
 * argument is of another kind.
 */
export function assertPath(given: RunWithSteps, expected: readonly string[], chain?: Chain): void {
  const run = withChain("assertPath()", given, chain);
  if (!Array.isArray(expected) || !expected.every((id) => typeof id === "string")) {
    throw noIds(`assertPath() expects a list of tasks' ids: assertPath(run, ["classify", "reply"])`, expected);
  }
  checkTaskIds(run.chain, expected);
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
 * Throws unless the run entered this task.
 *
 * @param chain As for `assertPath`.
 * @throws CatenaryError As `assertPath`.
 */
export function assertReached(given: RunWithSteps, taskId: string, chain?: Chain): void {
  const run = withChain("assertReached()", given, chain);
  checkTaskId("assertReached", taskId);
  checkTaskIds(run.chain, [taskId]);
  const legs = legsOf(run);
  if (legs.some((leg) => leg.taskId === taskId)) return;
  const last = legs.length - 1;
  throw new CatenaryError(
    "path_mismatch",
    [`the run was to reach ${taskId}, and went ${listed(legs)}.`, ...reasons(run, legs, last + 1)].join("\n"),
  );
}

/**
 * Throws where the run entered this task.
 *
 * @param chain What the run ran. Only a simulation knows it itself: without it a misspelt id, which no run ever enters, would
 * be taken for one that was avoided.
 * @throws CatenaryError As `assertPath`; `chain_missing` where the chain is not known.
 */
export function assertNotReached(given: RunWithChain, taskId: string, chain?: Chain): void;
export function assertNotReached(given: RunWithSteps, taskId: string, chain: Chain): void;
export function assertNotReached(given: RunWithSteps, taskId: string, chain?: Chain): void {
  const run = withChain("assertNotReached()", given, chain);
  checkTaskId("assertNotReached", taskId);
  if (run.chain === undefined) throw noChain();
  checkTaskIds(run.chain, [taskId]);
  const legs = legsOf(run);
  const at = legs.findIndex((leg) => leg.taskId === taskId);
  if (at < 0) return;
  throw new CatenaryError(
    "path_mismatch",
    [`the run was not to reach ${taskId}, and went ${listed(legs)}.`, ...reasons(run, legs, at)].join("\n"),
  );
}

/** The run with the chain that is known of it. */
function withChain(who: string, run: RunWithSteps, given: Chain | undefined): RunWithSteps {
  checkRun(who, run);
  if (given !== undefined) checkChain(who, given);
  const chain = given ?? run.chain;
  if (chain === undefined || run.chainId === undefined || run.chainId === chain.id)
    return { ...run, ...(chain && { chain }) };
  throw new CatenaryError(
    "chain_mismatch",
    `expected the chain of the run, which is ${JSON.stringify(run.chainId)}; got ${JSON.stringify(chain.id)}`,
  );
}

function checkTaskId(who: string, taskId: unknown): void {
  if (typeof taskId !== "string") throw noIds(`${who}() expects the id of one task: ${who}(run, "reply")`, taskId);
}

function noIds(expected: string, got: unknown): CatenaryError {
  return new CatenaryError("settings_invalid", `${expected}; got ${describeValue(got)}`);
}

function noChain(): CatenaryError {
  return new CatenaryError(
    "chain_missing",
    "assertNotReached() expects the chain as its third argument where the run does not know it: assertNotReached(run, id, chain)",
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
