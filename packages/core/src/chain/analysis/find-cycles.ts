import type { TaskDefinition } from "../chain.ts";
import { isEnd } from "./task-places.ts";

interface Visit {
  readonly task: TaskDefinition;
  readonly order: number;
  /** The lowest order of a task that this one leads back to, so far. */
  low: number;
  readonly next: Iterator<string>;
}

/**
 * The cycles of a graph of tasks: each is a set of tasks of which every one leads to every other (Tarjan's strongly
 * connected components, without those of a single task that does not lead to itself). Linear, and without recursion.
 */
export function findCycles(
  byId: ReadonlyMap<string, TaskDefinition>,
  targetsOf: (task: TaskDefinition) => readonly string[],
): readonly ReadonlySet<TaskDefinition>[] {
  const cycles: ReadonlySet<TaskDefinition>[] = [];
  const visits = new Map<TaskDefinition, Visit>();
  const open: TaskDefinition[] = [];
  const isOpen = new Set<TaskDefinition>();
  const path: Visit[] = [];

  const enter = (task: TaskDefinition): void => {
    const visit: Visit = { task, order: visits.size, low: visits.size, next: targetsOf(task).values() };
    visits.set(task, visit);
    open.push(task);
    isOpen.add(task);
    path.push(visit);
  };
  const close = ({ task }: Visit): void => {
    const members = open.splice(open.lastIndexOf(task));
    for (const member of members) isOpen.delete(member);
    if (members.length > 1 || targetsOf(task).includes(task.id)) cycles.push(new Set(members));
  };
  const leave = (visit: Visit): void => {
    path.pop();
    const before = path.at(-1);
    if (before !== undefined) before.low = Math.min(before.low, visit.low);
    if (visit.low === visit.order) close(visit);
  };

  for (const start of byId.values()) {
    if (visits.has(start)) continue;
    enter(start);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { done, value } = visit.next.next();
      const task = done || isEnd(value) ? undefined : byId.get(value);
      const known = task && visits.get(task);
      if (done) leave(visit);
      else if (task !== undefined && known === undefined) enter(task);
      else if (task !== undefined && known !== undefined && isOpen.has(task))
        visit.low = Math.min(visit.low, known.order);
    }
  }
  return cycles;
}
