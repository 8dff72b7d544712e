import { type ChainDefinition, END, type TaskDefinition } from "../chain.ts";

/** The ids a task names as what may follow it, `end` and unknown ones included. */
export function targetsOf(task: TaskDefinition): readonly string[] {
  return [...successTargetsOf(task), ...(task.transition.onFailure === undefined ? [] : [task.transition.onFailure])];
}

/** The same without the way out after a failure. */
export function successTargetsOf(task: TaskDefinition): readonly string[] {
  return task.transition.branches.map((branch) => branch.goto);
}

/** True for a target that finishes the run. */
export function isEnd(target: string): boolean {
  return target === "" || target === END;
}

/** The tasks by their ids. Of several with one id the first counts, as when they run. */
export function tasksById(definition: ChainDefinition): ReadonlyMap<string, TaskDefinition> {
  const byId = new Map<string, TaskDefinition>();
  for (const task of definition.tasks) if (!byId.has(task.id)) byId.set(task.id, task);
  return byId;
}

/** Every task that can run once one of the given targets was taken. Targets that name no task are passed over. */
export function tasksFrom(
  targets: readonly string[],
  byId: ReadonlyMap<string, TaskDefinition>,
): ReadonlySet<TaskDefinition> {
  const reached = new Set<TaskDefinition>();
  const waiting = [...targets];
  for (let target = waiting.pop(); target !== undefined; target = waiting.pop()) {
    const task = isEnd(target) ? undefined : byId.get(target);
    if (task === undefined || reached.has(task)) continue;
    reached.add(task);
    for (const next of targetsOf(task)) waiting.push(next);
  }
  return reached;
}
