import type { Chain, HookDefinition, LocalHook } from "@catenary/core";
import { HookError } from "@catenary/core";
import { isFailAnswer, isValueAnswer } from "./answer.ts";
import type { AnswerDesk } from "./answer-desk.ts";

/** Every hook that the chain calls and every one that was given: tasks with answers get those, the others call what was given. */
export function simulatedHooks(
  chain: Chain,
  given: Readonly<Record<string, LocalHook>>,
  desk: AnswerDesk,
): Readonly<Record<string, HookDefinition>> {
  const called = chain.tasks.flatMap(({ hook }) => (hook === undefined ? [] : [hook.name]));
  const names = new Set([...called, ...Object.keys(given)]);
  return Object.fromEntries([...names].map((name) => [name, answering(name, given[name], desk)]));
}

function answering(name: string, given: LocalHook | undefined, desk: AnswerDesk): LocalHook {
  return async (call) => {
    const { taskId } = desk.run.current();
    if (given !== undefined && !desk.book.has(taskId)) return given(call);
    const answer = await desk.ask({ args: call.args });
    if (isValueAnswer(answer)) return answer.value;
    if (!isFailAnswer(answer)) return answer;
    const { fail, failure = "code", retryAfterMs } = answer;
    throw new HookError("hook_failed", fail, {
      failure,
      hook: name,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  };
}
