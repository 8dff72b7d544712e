import { type ChainDefinition, END, type TaskDefinition } from "../chain.ts";

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
