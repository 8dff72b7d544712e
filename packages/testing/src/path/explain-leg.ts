import type { Branch, Chain } from "@catenary/core";
import { END } from "@catenary/core";
import type { Leg } from "./taken-path.ts";

/** Why a run went on from a step as it did, in words. */
export function explainLeg(leg: Leg, next: Leg | undefined, chain: Chain | undefined): string {
  const { taskId, step } = leg;
  if (step === undefined || step.error?.code === "run_cancelled")
    return `${taskId} was entered and cut off before it ended.`;
  const task = chain?.tasks.find(({ id }) => id === taskId);
  if (step.error !== undefined) {
    const way =
      next === undefined
        ? "and the run ended"
        : `and its on_failure ${task === undefined ? "led" : "leads"} to ${next.taskId}`;
    return `${taskId} failed: ${step.error.message}, ${way}.`;
  }
  const came = `${taskId} came to ${JSON.stringify(step.outcome)}, and that led to ${next?.taskId ?? END}.`;
  if (task === undefined) return came;
  const { branches } = task.transition;
  if (branches.length === 0) return `${came} It has no branches.`;
  return `${came} Its branches: ${branches.map((branch) => `${labelOf(branch)} → ${branch.goto || END}`).join(", ")}.`;
}

/** A branch as people write it: `equals "urgent"`, `> "5"`, `default`. */
export function labelOf({ operator, when }: Branch): string {
  return operator === "default" ? operator : `${operator} ${JSON.stringify(when)}`;
}
