import type { HandlerSpec } from "../chain/handler-spec.ts";
import { type CompiledTask, FINISH, type Program, type Target } from "./program.ts";

/**
 * Which tasks' text makes up the text of the run: those from which every success path to the end crosses only tasks that
 * pass the text on unchanged, and those that say `stream`. By place in the chain.
 */
export function streamedTasks(
  program: Program,
  specOf: (handler: string) => HandlerSpec | undefined,
): readonly boolean[] {
  return program.tasks.map((task) => {
    if (specOf(task.definition.handler)?.text === undefined) return false;
    if (task.definition.stream !== undefined) return task.definition.stream;
    return task.compose === undefined && successors(task).every((target) => onlyPassesOn(program, target, new Set()));
  });
}

function successors(task: CompiledTask): readonly Target[] {
  const targets = task.branches.map((branch) => branch.target);
  if (task.fallback !== undefined) targets.push(task.fallback);
  return targets.length === 0 ? [FINISH] : targets;
}

/** Whether every path from here to the end leaves the text as it is. A cycle never reaches the end, so it does no harm. */
function onlyPassesOn(program: Program, target: Target, seen: Set<Target>): boolean {
  if (target === FINISH || seen.has(target)) return true;
  seen.add(target);
  const task = program.tasks[target];
  if (task === undefined || !passesOn(task)) return false;
  return successors(task).every((next) => onlyPassesOn(program, next, seen));
}

function passesOn(task: CompiledTask): boolean {
  const { handler } = task.definition;
  const untouched = task.prompt === undefined && task.inputVar === undefined && task.compose === undefined;
  return untouched && (handler === "noop" || handler.startsWith("convert_"));
}
