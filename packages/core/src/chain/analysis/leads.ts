import type { TaskDefinition } from "../chain.ts";
import { isEnd } from "./task-places.ts";

/** Where runs can go on from a task: ids, `end`, and ids of no task. What is never taken is not among them. */
export interface Leads {
  /** Empty where the task never succeeds, or none of its branches is ever taken. */
  readonly onSuccess: readonly string[];
  /** One or none. */
  readonly onFailure: readonly string[];
}

/** The ways through a chain. */
export interface ChainWays {
  readonly byId: ReadonlyMap<string, TaskDefinition>;
  readonly leads: ReadonlyMap<TaskDefinition, Leads>;
}

const NOWHERE: Leads = { onSuccess: [], onFailure: [] };

export function leadsOf({ leads }: Pick<ChainWays, "leads">, task: TaskDefinition): Leads {
  return leads.get(task) ?? NOWHERE;
}

/** Every task that can run once one of the given targets was taken. Targets that name no task are passed over. */
export function tasksFrom(targets: readonly string[], ways: ChainWays): ReadonlySet<TaskDefinition> {
  const reached = new Set<TaskDefinition>();
  const waiting = [...targets];
  for (let target = waiting.pop(); target !== undefined; target = waiting.pop()) {
    const task = isEnd(target) ? undefined : ways.byId.get(target);
    if (task === undefined || reached.has(task)) continue;
    reached.add(task);
    const { onSuccess, onFailure } = leadsOf(ways, task);
    for (const next of [...onSuccess, ...onFailure]) waiting.push(next);
  }
  return reached;
}
