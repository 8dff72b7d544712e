import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { endlessCycles } from "../analysis/endless-cycles.ts";
import type { Finding } from "../finding.ts";

/** Cycles that a run never leaves on its own: no task in it has a branch that goes out of it. Each is reported once, at its first task. */
export function checkCycles(facts: ChainFacts): readonly Finding[] {
  return endlessCycles(facts).flatMap(({ members }): Finding[] => {
    const [first] = members;
    if (first === undefined) return [];
    const message = `a run that comes to ${nameSome(members)} never ends: expected a branch that leaves the cycle; the runtime stops it when its step budget is used up`;
    return [{ severity: "warning", code: "unbounded_cycle", path: first.path, message }];
  });
}

const NAMED = 5;

function nameSome(members: readonly TaskFacts[]): string {
  const named = members.slice(0, NAMED).map(({ task }) => `\`${task.id}\``);
  return members.length > NAMED ? `${named.join(", ")} or ${members.length - NAMED} others` : named.join(", ");
}
