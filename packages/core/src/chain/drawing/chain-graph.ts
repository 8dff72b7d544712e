import { isEnd, tasksById } from "../analysis/task-places.ts";
import { neverSucceeds, waysOut } from "../analysis/ways-out.ts";
import type { Branch, ChainDefinition, TaskDefinition } from "../chain.ts";

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
  /** In the order of the tasks, and of each as `waysOut` gives them. */
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
    for (const { goto, branch, isFailure } of waysOut(from)) {
      ways.push({ from, to: placeOf(goto), ...(branch !== undefined && { branch }), isFailure });
    }
    // It is meant to fail, so the picture says where that leads.
    if (neverSucceeds(from) && from.transition.onFailure === undefined)
      ways.push({ from, to: "failure", isFailure: true });
  }
  return { tasks: definition.tasks, ways, missing: [...missing.values()] };
}
