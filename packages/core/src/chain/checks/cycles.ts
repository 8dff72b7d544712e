import type { TaskDefinition } from "../chain.ts";
import type { ChainFacts, TaskFacts } from "../chain-facts.ts";
import type { Finding } from "../finding.ts";
import { isEnd, successTargetsOf, targetsOf, tasksFrom } from "../reachability.ts";

/** Cycles that a run never leaves on its own: no task in it has a branch that goes out of it. Each is reported once, at its first task. */
export function checkCycles(facts: ChainFacts): readonly Finding[] {
  if (!facts.isSmall) return [];
  const findings: Finding[] = [];
  const seen = new Set<TaskDefinition>();
  for (const { task, path, reachable } of facts.tasks) {
    if (!reachable || seen.has(task)) continue;
    const after = tasksFrom(targetsOf(task), facts.byId);
    if (!after.has(task)) continue;
    const members = facts.tasks.filter((other) => after.has(other.task) && leadsTo(other, task, facts));
    for (const member of members) seen.add(member.task);
    const inside = new Set(members.map((member) => member.task.id));
    if (members.some((member) => leaves(member, inside))) continue;
    const names = members.map((member) => `\`${member.task.id}\``).join(", ");
    const message = `a run that comes to ${names} never ends: expected a branch that leaves the cycle; the runtime stops it when its step budget is used up`;
    findings.push({ severity: "warning", code: "unbounded_cycle", path, message });
  }
  return findings;
}

function leadsTo({ task }: TaskFacts, target: TaskDefinition, { byId }: ChainFacts): boolean {
  return task === target || tasksFrom(targetsOf(task), byId).has(target);
}

function leaves({ task, spec }: TaskFacts, inside: ReadonlySet<string>): boolean {
  // A task that never succeeds takes no branch.
  if (spec?.output === "none") return false;
  const targets = successTargetsOf(task);
  return targets.length === 0 || targets.some((target) => isEnd(target) || !inside.has(target));
}
