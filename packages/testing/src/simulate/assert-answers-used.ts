import { CatenaryError } from "@catenary/core";
import { describeValue } from "../describe-value.ts";
import { isRecord } from "../is-record.ts";
import type { Answer } from "./answer.ts";
import type { Simulation, UnusedAnswers } from "./simulation.ts";

/**
 * Throws where a list of answers was not used up: the run made fewer attempts than the test means it to. A single answer is for
 * however many attempts there are, none included.
 *
 * @throws CatenaryError `answers_unused` with what is left; `run_invalid` where it is no simulation.
 */
export function assertAnswersUsed(run: Pick<Simulation<unknown>, "unusedAnswers" | "path">): void {
  const given: unknown = run;
  if (!isRecord(given) || !Array.isArray(given.unusedAnswers)) {
    throw new CatenaryError(
      "run_invalid",
      `assertAnswersUsed() expects what \`await simulate(…)\` gave; got ${describeValue(given)}`,
    );
  }
  if (run.unusedAnswers.length === 0) return;
  const went = run.path.length === 0 ? "nowhere" : run.path.join(" → ");
  throw new CatenaryError(
    "answers_unused",
    [`no attempt took these answers; the run went ${went}:`, ...run.unusedAnswers.map(describeUnused)].join("\n"),
    { details: { taskIds: run.unusedAnswers.map(({ taskId }) => taskId) } },
  );
}

function describeUnused({ taskId, answers }: UnusedAnswers): string {
  return `  ${taskId}: ${answers.map(describeAnswer).join(", ")}`;
}

const LONGEST = 80;

function describeAnswer(answer: Answer): string {
  if (typeof answer === "function") return "a function";
  const text = JSON.stringify(answer);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
