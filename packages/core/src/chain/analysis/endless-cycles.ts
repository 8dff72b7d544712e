import type { TaskDefinition } from "../chain.ts";
import type { ChainFacts, TaskFacts } from "./chain-facts.ts";
import { findCycles } from "./find-cycles.ts";
import { leadsOf } from "./leads.ts";
import { isEnd } from "./task-places.ts";
import { neverSucceeds } from "./ways-out.ts";

export interface EndlessCycle {
  /** In the order of the chain. */
  readonly members: readonly TaskFacts[];
  /** Whether it only goes round as long as its tasks fail. */
  readonly byFailure: boolean;
}

/** The cycles that a run can come to and that nothing bounds, by their first tasks. */
export function endlessCycles(facts: ChainFacts): readonly EndlessCycle[] {
  const reached = cyclesOf(facts, (task) => [...leadsOf(facts, task).onSuccess, ...leadsOf(facts, task).onFailure]);
  const endless = reached.filter((cycle) => {
    const ids = new Set(cycle.map(({ task }) => task.id));
    return !cycle.some((member) => leaves(member, ids));
  });
  const told = new Set(endless.flat());
  const failing = cyclesOf(facts, (task) => leadsOf(facts, task).onFailure);
  const all = [
    ...endless.map((members): EndlessCycle => ({ members, byFailure: false })),
    ...failing
      .filter((members) => !members.every((member) => told.has(member)))
      .map((members): EndlessCycle => ({ members, byFailure: true })),
  ];
  const places = new Map(facts.tasks.map((task, index) => [task, index]));
  const placeOf = ({ members: [first] }: EndlessCycle) => (first && places.get(first)) ?? 0;
  return all.sort((one, other) => placeOf(one) - placeOf(other));
}

/** Those that a run can come to. */
function cyclesOf(
  { tasks, byId }: ChainFacts,
  targetsOf: (task: TaskDefinition) => readonly string[],
): readonly (readonly TaskFacts[])[] {
  const places = new Map(tasks.map((facts, index) => [facts.task, { facts, index }]));
  return findCycles(byId, targetsOf)
    .map((cycle) => [...cycle].flatMap((task) => places.get(task) ?? []).sort((a, b) => a.index - b.index))
    .map((members) => members.map(({ facts }) => facts))
    .filter(([first]) => first?.reachable === true);
}

/** Whether a success of the task, or what fails it although its handler succeeded, leads out of the cycle. */
function leaves({ task, spec, branches }: TaskFacts, inside: ReadonlySet<string>): boolean {
  // A task that never succeeds takes no branch.
  if (neverSucceeds(task, spec)) return false;
  const { onSuccess } = branches.leads;
  return onSuccess.length === 0 || onSuccess.some((target) => isEnd(target) || !inside.has(target));
}
