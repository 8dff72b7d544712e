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
  const verdicts = new Map<Target, boolean>();
  return program.tasks.map((task) => {
    const { handler, output } = task.definition;
    // Where a schema holds, the text is only what the output is read from.
    if (specOf(handler)?.text === undefined || output !== undefined) return false;
    if (task.definition.stream !== undefined) return task.definition.stream;
    return task.compose === undefined && successors(task).every((target) => onlyPassesOn(program, target, verdicts));
  });
}

function successors(task: CompiledTask): readonly Target[] {
  const targets = task.branches.map((branch) => branch.target);
  if (task.fallback !== undefined) targets.push(task.fallback);
  return targets.length === 0 ? [FINISH] : targets;
}

/**
 * Whether every path from here to the end leaves the text as it is. A cycle never reaches the end, so it does no harm.
 * What was found out about a task is kept in `verdicts`.
 */
function onlyPassesOn(program: Program, target: Target, verdicts: Map<Target, boolean>): boolean {
  const seen = new Set<Target>([target]);
  // A list instead of recursion: chains can be thousands of tasks long.
  for (const place of seen) {
    if (place === FINISH || verdicts.get(place) === true) continue;
    const task = program.tasks[place];
    if (verdicts.get(place) === false || task === undefined || !passesOn(task)) {
      verdicts.set(target, false);
      return false;
    }
    for (const next of successors(task)) seen.add(next);
  }
  for (const place of seen) verdicts.set(place, true);
  return true;
}

function passesOn(task: CompiledTask): boolean {
  const { handler } = task.definition;
  const untouched = task.prompt === undefined && task.inputVar === undefined && task.compose === undefined;
  return untouched && (handler === "noop" || handler.startsWith("convert_"));
}
