import type { TaskDefinition } from "../chain.ts";
import type { ChainFacts } from "./chain-facts.ts";
import { leadsOf, tasksFrom } from "./leads.ts";

/** The variables that a chain can set, and where they can be set. */
export interface KnownVariables {
  readonly names: ReadonlySet<string>;
  /** Whether some path sets the variable before a reachable task runs; with `after`, before or by its success. */
  isSetAt(name: string, task: TaskDefinition, after: boolean): boolean;
}

export function knownVariables(facts: ChainFacts): KnownVariables {
  const { definition, tasks, byId, isSmall, misread } = facts;
  const running = tasks.filter(({ reachable }) => reachable).map(({ task }) => task);
  const isRunning = new Set(running);
  const given = new Set(["input", ...Object.keys(definition.variables ?? {})]);
  const setters = new Map<string, readonly TaskDefinition[]>();
  for (const [id, task] of byId) setters.set(id, isRunning.has(task) ? [task] : []);
  for (const { task, path } of tasks) {
    const name = `${task.id}_composed`;
    const composes = task.compose !== undefined || misread.touches(`${path}.compose`);
    if (composes && !setters.has(name)) setters.set(name, setters.get(task.id) ?? []);
  }
  if (!setters.has("previous_output")) setters.set("previous_output", running);
  const afterSuccess = memo((task) => tasksFrom(leadsOf(facts, task).onSuccess, facts));
  const afterFailure = memo((task) => tasksFrom(leadsOf(facts, task).onFailure, facts));
  return {
    names: new Set([...given, ...setters.keys(), ...FAILURE_VARIABLES]),
    isSetAt: (name, task, after) => {
      // Where some way is not known, it may be the one that sets it.
      if (given.has(name) || !isSmall || misread.hidesWays) return true;
      const byTasks = setters.get(name) ?? [];
      if (byTasks.some((setter) => (after && setter === task) || afterSuccess(setter).has(task))) return true;
      return FAILURE_VARIABLES.has(name) && running.some((failing) => afterFailure(failing).has(task));
    },
  };
}

/** Describe the failure to the tasks that run after it. */
const FAILURE_VARIABLES: ReadonlySet<string> = new Set(["error", "failed_task"]);

function memo<T>(find: (task: TaskDefinition) => T): (task: TaskDefinition) => T {
  const found = new Map<TaskDefinition, T>();
  return (task) => {
    const known = found.get(task);
    if (known !== undefined) return known;
    const fresh = find(task);
    found.set(task, fresh);
    return fresh;
  };
}
