import { isEnd, tasksById } from "./analysis/reachability.ts";
import type { Branch, ChainDefinition, TaskDefinition } from "./chain.ts";
import { HANDLER_SPECS } from "./handler-spec.ts";

/** A target that is no task. */
export interface MissingPlace {
  readonly missing: string;
}

/** Where a way comes from or leads: a task, or a place that is none. `failure`: the run fails there, and is meant to. */
export type Place = TaskDefinition | MissingPlace | "start" | "end" | "failure";

/** A way from one place to another. */
export interface Way {
  readonly from: Place;
  readonly to: Place;
  /** Absent where it is taken without a comparison. */
  readonly branch?: Branch;
  readonly isFailure: boolean;
}

/** A chain as whoever draws it needs it. */
export interface ChainGraph {
  readonly tasks: readonly TaskDefinition[];
  /** In the order of the tasks, and of each its branches before its failure. */
  readonly ways: readonly Way[];
  readonly missing: readonly MissingPlace[];
}

export function chainGraph(definition: ChainDefinition): ChainGraph {
  const byId = tasksById(definition);
  const missing = new Map<string, MissingPlace>();
  const placeOf = (target: string): Place => {
    if (isEnd(target)) return "end";
    const place = byId.get(target) ?? missing.get(target) ?? { missing: target };
    if ("missing" in place) missing.set(target, place);
    return place;
  };
  const [start] = definition.tasks;
  const ways: Way[] = start === undefined ? [] : [{ from: "start", to: start, isFailure: false }];
  for (const from of definition.tasks) {
    const { branches, onFailure } = from.transition;
    for (const branch of branches) ways.push({ from, to: placeOf(branch.goto), branch, isFailure: false });
    if (branches.length === 0 && !alwaysFails(from)) ways.push({ from, to: "end", isFailure: false });
    if (onFailure !== undefined) ways.push({ from, to: placeOf(onFailure), isFailure: true });
    else if (alwaysFails(from)) ways.push({ from, to: "failure", isFailure: true });
  }
  return { tasks: definition.tasks, ways, missing: [...missing.values()] };
}

function alwaysFails({ handler }: TaskDefinition): boolean {
  return HANDLER_SPECS.some(({ name, output }) => name === handler && output === "none");
}
