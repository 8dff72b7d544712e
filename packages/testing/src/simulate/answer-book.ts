import type { Chain, TaskDefinition } from "@catenary/core";
import { CatenaryError, suggest } from "@catenary/core";
import type { Answer } from "./answer.ts";
import { BUILT_IN_HANDLERS } from "./built-in-handlers.ts";

/** The answers of each task, given out one after the other. */
export interface AnswerBook {
  has(taskId: string): boolean;
  /** The next answer, not yet given out. */
  peek(taskId: string): Answer | undefined;
  /** Gives out the next answer. `where` says for which attempt, for the error where there is none. */
  take(taskId: string, where: string): Answer;
}

/**
 * A single answer is given to every attempt; a list is used up.
 *
 * @throws CatenaryError `answer_unknown` where a task is not in the chain or asks nobody.
 */
export function createAnswerBook(
  chain: Chain,
  answers: Readonly<Record<string, Answer | readonly Answer[]>>,
): AnswerBook {
  const tasks = new Map(chain.tasks.map((task) => [task.id, task]));
  const lists = new Map<string, readonly Answer[]>();
  const singles = new Map<string, Answer>();
  const taken = new Map<string, number>();
  for (const [taskId, given] of Object.entries(answers)) {
    const task = tasks.get(taskId);
    if (task === undefined) throw unknownTask(chain, taskId);
    if (!asksSomebody(task)) throw asksNobody(task);
    if (isList(task, given)) lists.set(taskId, given);
    // Safe: what is no list of answers is one answer.
    else singles.set(taskId, given as Answer);
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
  };
}

/** Whether a task asks a model, a hook or a custom handler: whatever is not in the chain itself. */
function asksSomebody({ handler }: TaskDefinition): boolean {
  const spec = BUILT_IN_HANDLERS.get(handler);
  return spec === undefined || spec.calls !== undefined || spec.name === "hook";
}

/** A vector is one answer, although it is an array. */
function isList(task: TaskDefinition, given: Answer | readonly Answer[]): given is readonly Answer[] {
  if (!Array.isArray(given)) return false;
  const isVector = given.length > 0 && given.every((element) => typeof element === "number");
  return !(isVector && BUILT_IN_HANDLERS.get(task.handler)?.calls === "embed");
}

function unknownTask(chain: Chain, taskId: string): CatenaryError {
  const ids = chain.tasks.map(({ id }) => id);
  const meant = suggest(taskId, ids);
  const advice = meant === undefined ? "" : `. Did you mean ${JSON.stringify(meant)}?`;
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
