import type { ChainFacts, TaskFacts } from "../chain-facts.ts";
import { findCycles } from "../find-cycles.ts";
import type { Finding } from "../finding.ts";
import { isEnd, successTargetsOf } from "../reachability.ts";

/** Cycles that a run never leaves on its own: no task in it has a branch that goes out of it. Each is reported once, at its first task. */
export function checkCycles({ tasks, byId }: ChainFacts): readonly Finding[] {
  const places = new Map(tasks.map((facts, index) => [facts.task, { facts, index }]));
  const endless = findCycles(byId).flatMap((cycle) => {
    const members = [...cycle].flatMap((task) => places.get(task) ?? []).sort((a, b) => a.index - b.index);
    const ids = new Set(members.map(({ facts }) => facts.task.id));
    const first = members[0];
    if (first === undefined || !first.facts.reachable || members.some(({ facts }) => leaves(facts, ids))) return [];
    return [{ first, ids }];
  });
  return endless
    .sort((a, b) => a.first.index - b.first.index)
    .map(({ first, ids }) => ({
      severity: "warning",
      code: "unbounded_cycle",
      path: first.facts.path,
      message: `a run that comes to ${nameSome(ids)} never ends: expected a branch that leaves the cycle; the runtime stops it when its step budget is used up`,
    }));
}

function leaves({ task, spec }: TaskFacts, inside: ReadonlySet<string>): boolean {
  // A task that never succeeds takes no branch.
  if (spec?.output === "none") return false;
  const targets = successTargetsOf(task);
  return targets.length === 0 || targets.some((target) => isEnd(target) || !inside.has(target));
}

const NAMED = 5;

function nameSome(ids: ReadonlySet<string>): string {
  const named = [...ids].slice(0, NAMED).map((id) => `\`${id}\``);
  return ids.size > NAMED ? `${named.join(", ")} or ${ids.size - NAMED} others` : named.join(", ");
}
