import type { Chain, DataType, Handler, Json } from "@catenary/core";
import { CatenaryError } from "@catenary/core";
import { type FailAnswer, type HandlerAnswer, isFailAnswer, isHandlerAnswer, type PlainAnswer } from "./answer.ts";
import type { AnswerDesk } from "./answer-desk.ts";
import { BUILT_IN_HANDLERS } from "./built-in-handlers.ts";

/**
 * The custom kinds of task that the chain uses. One that was given runs, and what it asks of models and hooks is answered;
 * where the next answer says what the handler itself comes to, it does not run. One that was not given needs such an answer.
 */
export function simulatedHandlers(
  chain: Chain,
  given: Readonly<Record<string, Handler>>,
  desk: AnswerDesk,
): Readonly<Record<string, Handler>> {
  const used = chain.tasks.map(({ handler }) => handler).filter((name) => name !== "" && !BUILT_IN_HANDLERS.has(name));
  const names = new Set([...used, ...Object.keys(given)]);
  return Object.fromEntries([...names].map((name) => [name, answering(name, given[name], desk)]));
}

function answering(name: string, given: Handler | undefined, desk: AnswerDesk): Handler {
  return {
    ...(given?.spec !== undefined && { spec: given.spec }),
    async execute(context) {
      const next = desk.book.peek(context.task.id);
      const runs = given !== undefined && (next === undefined || !(isFailAnswer(next) || isHandlerAnswer(next)));
      if (runs) return given.execute(context);
      const answer = await desk.ask();
      if (isFailAnswer(answer)) throw failure(answer);
      if (!isHandlerAnswer(answer)) throw desk.stop(wrongAnswer(name, context.task.id, answer));
      return { output: { type: typeOf(answer, given), value: answer.output }, outcome: answer.outcome };
    },
  };
}

function failure({ fail, failure = "code", retryAfterMs }: FailAnswer): CatenaryError {
  return new CatenaryError("handler_failed", fail, {
    failure,
    ...(retryAfterMs !== undefined && { details: { retryAfterMs } }),
  });
}

function typeOf({ output, outputType }: HandlerAnswer, given: Handler | undefined): DataType {
  if (outputType !== undefined) return outputType;
  const said = given?.spec?.output;
  if (said !== undefined && said !== "input" && said !== "none") return said;
  return TYPES[typeof output] ?? "json";
}

const TYPES: Readonly<Record<string, DataType>> = { string: "string", number: "float", boolean: "bool" };

function wrongAnswer(handler: string, taskId: string, answer: PlainAnswer): CatenaryError {
  const got = JSON.stringify(answer satisfies PlainAnswer as Json);
  return new CatenaryError(
    "answer_invalid",
    `the answer of task ${taskId} is to be { output, outcome }, which stands for its handler ${handler}, or { fail: "…" }; got ${got}. To run the handler itself, give it as handlers: { ${handler} }`,
    { details: { taskId } },
  );
}
