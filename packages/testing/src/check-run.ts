import { CatenaryError } from "@catenary/core";
import { describeValue } from "./describe-value.ts";
import { isRecord } from "./is-record.ts";

/**
 * Refuses what has no steps of a run, for those who write JavaScript or forget an `await`.
 *
 * @param who Who was given it, as in `assertPath()`.
 * @throws CatenaryError `run_invalid`
 */
export function checkRun(who: string, run: unknown): void {
  if (isRecord(run) && Array.isArray(run.steps) && run.steps.every(isStep)) return;
  const steps = isRecord(run) && run.steps !== undefined;
  throw invalidRun(who, steps ? "steps that are none" : describeValue(run));
}

/**
 * The same where the events of a run may stand for it.
 *
 * @throws CatenaryError `run_invalid`
 */
export function checkRunOrEvents(who: string, run: unknown): void {
  if (Array.isArray(run)) checkEvents(who, run);
  else if (isRecord(run) && "events" in run) checkEvents(who, run.events);
  else checkRun(who, run);
  if (isRecord(run) && typeof run.chainId !== "string") throw invalidRun(who, "one without `chainId`");
}

function checkEvents(who: string, events: unknown): void {
  if (Array.isArray(events) && events.length > 0 && events.every(isEvent)) return;
  throw invalidRun(
    who,
    Array.isArray(events) && events.length > 0 ? "a list of what is no event" : describeValue(events),
  );
}

function isStep(step: unknown): boolean {
  return isRecord(step) && typeof step.taskId === "string" && typeof step.key === "string";
}

function isEvent(event: unknown): boolean {
  return isRecord(event) && typeof event.kind === "string" && typeof event.chainId === "string";
}

function invalidRun(who: string, got: string): CatenaryError {
  return new CatenaryError(
    "run_invalid",
    `${who} expects a run: what \`await simulate(…)\` or \`await runtime.run(…)\` gave; got ${got}`,
  );
}
