import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { endlessCycles } from "../analysis/endless-cycles.ts";
import type { Finding } from "../finding.ts";

/**
 * Cycles that a run never leaves on its own: no task in it has a branch that goes out of it; and cycles of failures, which go round as long as
 * their tasks fail. Each is reported once, at its first task.
 */
export function checkCycles(facts: ChainFacts): readonly Finding[] {
  return endlessCycles(facts).flatMap(({ members, byFailure }): Finding[] => {
    const [first] = members;
    if (first === undefined) return [];
    const at = { severity: "warning", code: "unbounded_cycle" } as const;
    if (byFailure) {
      const verb = members.length === 1 ? "fails" : "fail";
      const message = `where ${nameSome(members)} ${verb}, the run goes round until its step budget is used up: expected an \`on_failure\` that leads on; \`retry\` tries a task again, with a bound`;
      return [{ ...at, path: `${first.path}.transition.on_failure`, message }];
    }
    const message = `a run that comes to ${nameSome(members)} never ends: expected a branch that leaves the cycle; the runtime stops it when its step budget is used up`;
    return [{ ...at, path: first.path, message }];
  });
}

const NAMED = 5;

function nameSome(members: readonly TaskFacts[]): string {
  const named = members.slice(0, NAMED).map(({ task }) => `\`${task.id}\``);
  return members.length > NAMED ? `${named.join(", ")} or ${members.length - NAMED} others` : named.join(", ");
}
