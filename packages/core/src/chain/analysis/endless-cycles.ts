import type { ChainFacts, TaskFacts } from "./chain-facts.ts";
import { findCycles } from "./find-cycles.ts";
import { isEnd, successTargetsOf } from "./reachability.ts";

export interface EndlessCycle {
  /** In the order of the chain. */
  readonly members: readonly TaskFacts[];
}

/** The cycles that a run can come to and that no branch of any task in them leaves, by their first tasks. */
export function endlessCycles({ tasks, byId }: ChainFacts): readonly EndlessCycle[] {
  const places = new Map(tasks.map((facts, index) => [facts.task, { facts, index }]));
  return findCycles(byId)
    .flatMap((cycle) => {
      const members = [...cycle].flatMap((task) => places.get(task) ?? []).sort((a, b) => a.index - b.index);
      const ids = new Set(members.map(({ facts }) => facts.task.id));
      const first = members[0];
      if (first === undefined || !first.facts.reachable || members.some(({ facts }) => leaves(facts, ids))) return [];
      return [{ members: members.map(({ facts }) => facts), index: first.index }];
    })
    .sort((a, b) => a.index - b.index);
}

function leaves({ task, spec }: TaskFacts, inside: ReadonlySet<string>): boolean {
  // A task that never succeeds takes no branch.
  if (spec?.output === "none") return false;
  const targets = successTargetsOf(task);
  return targets.length === 0 || targets.some((target) => isEnd(target) || !inside.has(target));
}
