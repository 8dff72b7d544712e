import type { Chain, TaskDefinition } from "@catenary/core";
import { CatenaryError } from "@catenary/core";
import { describeValue } from "../describe-value.ts";
import { didYouMean } from "../did-you-mean.ts";
import { isByName } from "../is-by-name.ts";
import type { Answer, GivenAnswers, PlainAnswer } from "./answer.ts";
import { type Asked, askedBy, checkAnswer } from "./check-answer.ts";
import type { UnusedAnswers } from "./simulation.ts";

/** The answers of each task, given out one after the other. */
export interface AnswerBook {
  has(taskId: string): boolean;
  /** The next answer, not yet given out. */
  peek(taskId: string): Answer | undefined;
  /** Gives out the next answer. `where` says for which attempt, for the error where there is none. */
  take(taskId: string, where: string): Answer;
  /** Refuses what a function answered and no attempt of the task could have. */
  check(taskId: string, answer: unknown): asserts answer is PlainAnswer;
  /** What is left of the lists. */
  unused(): readonly UnusedAnswers[];
}

/**
 * A single answer is given to every attempt; a list is used up.
 *
 * @throws CatenaryError `answer_unknown` where a task is not in the chain or asks nobody; `answer_invalid` where no attempt of it
 * could have such an answer.
 */
export function createAnswerBook(chain: Chain, answers: Readonly<Record<string, GivenAnswers>>): AnswerBook {
  const tasks = new Map(chain.tasks.map((task) => [task.id, task]));
  const lists = new Map<string, readonly Answer[]>();
  const singles = new Map<string, Answer>();
  const taken = new Map<string, number>();
  if (!isByName(answers)) throw noAnswers(answers);
  for (const [taskId, given] of Object.entries(answers)) {
    const task = tasks.get(taskId);
    if (task === undefined) throw unknownTask(chain, taskId);
    const asked = askedBy(task);
    if (asked === undefined) throw asksNobody(task);
    if (!isList(asked, given)) {
      // Safe: what is no list of answers is one answer, and that is checked.
      singles.set(taskId, checked(taskId, asked, given as Answer));
      continue;
    }
    if (given.length === 0) throw emptyList(taskId);
    lists.set(
      taskId,
      given.map((answer) => checked(taskId, asked, answer)),
    );
  }
  const peek = (taskId: string): Answer | undefined =>
    singles.has(taskId) ? singles.get(taskId) : lists.get(taskId)?.[taken.get(taskId) ?? 0];

  return {
    has: (taskId) => singles.has(taskId) || lists.has(taskId),
    peek,
    take(taskId, where) {
      const count = taken.get(taskId) ?? 0;
      const answer = peek(taskId);
      if (answer === undefined) throw noAnswer(taskId, lists.get(taskId), where);
      taken.set(taskId, count + 1);
      return answer;
    },
    check(taskId, answer) {
      const task = tasks.get(taskId);
      checkAnswer(taskId, (task && askedBy(task)) ?? "custom", answer);
    },
    unused: () =>
      [...lists].flatMap(([taskId, list]) => {
        const left = list.slice(taken.get(taskId) ?? 0);
        return left.length === 0 ? [] : [{ taskId, answers: left }];
      }),
  };
}

/** A function can only be checked when it has answered. */
function checked(taskId: string, asked: Asked, answer: Answer): Answer {
  if (typeof answer !== "function") checkAnswer(taskId, asked, answer);
  return answer;
}

/** A vector is one answer, although it is an array. */
function isList(asked: Asked, given: GivenAnswers): given is readonly Answer[] {
  if (!Array.isArray(given)) return false;
  const isVector = given.length > 0 && given.every((element) => typeof element === "number");
  return !(isVector && asked === "embedding");
}

function noAnswers(given: unknown): CatenaryError {
  return new CatenaryError(
    "answer_invalid",
    `the answers of simulate() are an object, by the ids of the tasks: answers: { reply: "Hello!" }; got ${describeValue(given)}`,
  );
}

function emptyList(taskId: string): CatenaryError {
  return new CatenaryError(
    "answer_invalid",
    `task ${taskId} is given an empty list of answers: leave it out, or, where an empty list is what is answered, write { value: [] }`,
    { details: { taskId } },
  );
}

function unknownTask(chain: Chain, taskId: string): CatenaryError {
  const ids = chain.tasks.map(({ id }) => id);
  const advice = didYouMean(taskId, ids);
  return new CatenaryError(
    "answer_unknown",
    `simulate() got answers for ${JSON.stringify(taskId)}, and the chain ${chain.id} has no such task; it has: ${ids.join(", ")}${advice}`,
    { details: { taskId } },
  );
}

function asksNobody({ id, handler }: TaskDefinition): CatenaryError {
  return new CatenaryError(
    "answer_unknown",
    `simulate() got answers for ${id}, and a ${handler} asks nobody: it runs as it always does, so leave its answers out`,
    { details: { taskId: id } },
  );
}

function noAnswer(taskId: string, list: readonly Answer[] | undefined, where: string): CatenaryError {
  const what =
    list === undefined
      ? `needs an answer, and has none: add answers: { ${JSON.stringify(taskId)}: … }`
      : `has ${list.length} answers, and they are used up: add one, or give a single answer, which is for every attempt`;
  return new CatenaryError("answer_missing", `task ${taskId} (${where}) ${what}`, { details: { taskId } });
}
