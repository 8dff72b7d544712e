import type { FailureClass } from "../../errors/failure-class.ts";
import type { AskableRung } from "../../routing/call/answer-shape.ts";
import type { Rung } from "../../value/rung.ts";

/** The ways to get a value of a shape, the surest first. */
export const LADDER: readonly AskableRung[] = ["native", "tool", "prompt"];

/** The next way down; undefined below the last. */
export function below(rung: AskableRung): AskableRung | undefined {
  return LADDER[LADDER.indexOf(rung) + 1];
}

/** The ways that were passed over when one was asked for and another was taken. */
export function passedOver(from: AskableRung, taken: AskableRung): readonly Rung[] {
  return LADDER.slice(LADDER.indexOf(from), LADDER.indexOf(taken));
}

/** What a server may say because of the way it was asked: then a plainer one may do. */
const MAY_BE_THE_WAY: ReadonlySet<FailureClass> = new Set(["bad_request", "server_error", "reply"]);

/** Whether a call that failed is to be made in a plainer way. */
export function leadsDown(rung: AskableRung, failure: FailureClass): boolean {
  return rung !== "prompt" && MAY_BE_THE_WAY.has(failure);
}
