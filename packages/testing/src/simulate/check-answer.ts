import { CatenaryError, type FailureClass, type TaskDefinition } from "@catenary/core";
import { describeValue } from "../describe-value.ts";
import { didYouMean } from "../did-you-mean.ts";
import { isFailAnswer, isValueAnswer, type PlainAnswer } from "./answer.ts";
import { BUILT_IN_HANDLERS } from "./built-in-handlers.ts";
import { jsonProblemOf } from "./json-problem.ts";
import { modelAnswerProblem } from "./model-answer-problem.ts";

/** Whom a task asks, and so what answers it: a model's words, a vector, what a hook gives, or any of them for a custom handler. */
export type Asked = "model" | "embedding" | "hook" | "custom";

/** Undefined for a task that asks nobody. */
export function askedBy({ handler }: TaskDefinition): Asked | undefined {
  const spec = BUILT_IN_HANDLERS.get(handler);
  if (spec === undefined) return "custom";
  if (spec.name === "hook") return "hook";
  if (spec.calls === undefined) return undefined;
  return spec.calls === "embed" ? "embedding" : "model";
}

const EXPECTED: Readonly<Record<Asked, string>> = {
  model: "the text that the model says, or { text, toolCalls, … }",
  embedding: "a list of numbers, as it embeds",
  hook: "JSON",
  custom: "{ output, outcome }, or what the models and hooks of its handler answer, as JSON",
};

/**
 * Refuses an answer that no attempt of the task could have: in the run it would be a failure like any other, which the chain may
 * lead on.
 *
 * @throws CatenaryError `answer_invalid`
 */
export function checkAnswer(taskId: string, asked: Asked, answer: unknown): asserts answer is PlainAnswer {
  const problem = isFailAnswer(answer)
    ? failProblem(answer, asked)
    : answerProblem(isValueAnswer(answer) ? answer.value : answer, asked);
  if (problem === undefined) return;
  throw new CatenaryError(
    "answer_invalid",
    `the answer of task ${taskId} is to be ${EXPECTED[asked]}, or { fail: "…" }; ${problem}`,
    { details: { taskId } },
  );
}

function answerProblem(answer: unknown, asked: Asked): string | undefined {
  if (answer === undefined) return "got nothing";
  const problem = jsonProblemOf(answer);
  if (problem !== undefined) return `in the one that came, ${problem}`;
  if (asked === "model") return modelAnswerProblem(answer);
  if (asked === "embedding" && !isVector(answer)) return `got ${JSON.stringify(answer)}`;
  return undefined;
}

function isVector(answer: unknown): boolean {
  return Array.isArray(answer) && answer.every((element) => typeof element === "number");
}

const FAIL_FIELDS = ["fail", "failure", "retryAfterMs"];

/** Held complete by its type. */
const FAILURE_CLASSES: Readonly<Record<FailureClass, true>> = {
  rate_limit: true,
  server_error: true,
  timeout: true,
  network: true,
  unavailable: true,
  bad_request: true,
  auth: true,
  reply: true,
  code: true,
  chain: true,
  cancelled: true,
};

function failProblem(answer: object, asked: Asked): string | undefined {
  const { fail, failure, retryAfterMs } = answer as { fail?: unknown; failure?: unknown; retryAfterMs?: unknown };
  const advice =
    asked === "hook" ? ". If the hook itself gives an object with `fail`, write { value: { fail: … } }" : "";
  if (typeof fail !== "string")
    return `its \`fail\` says what the error says, a text; got ${describeValue(fail)}${advice}`;
  const unknown = Object.keys(answer).find((field) => !FAIL_FIELDS.includes(field));
  if (unknown !== undefined) {
    return `one that fails has no ${JSON.stringify(unknown)}; it has: ${FAIL_FIELDS.join(", ")}${didYouMean(unknown, FAIL_FIELDS)}${advice}`;
  }
  if (failure !== undefined && !(typeof failure === "string" && Object.hasOwn(FAILURE_CLASSES, failure))) {
    const classes = Object.keys(FAILURE_CLASSES);
    return `there is no failure ${describeValue(failure)}; there are: ${classes.join(", ")}${didYouMean(failure, classes)}`;
  }
  if (
    retryAfterMs !== undefined &&
    !(typeof retryAfterMs === "number" && retryAfterMs >= 0 && Number.isFinite(retryAfterMs))
  )
    return `its \`retryAfterMs\` is milliseconds, a number; got ${describeValue(retryAfterMs)}`;
  return undefined;
}
