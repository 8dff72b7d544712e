import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { endlessCycles } from "../analysis/endless-cycles.ts";
import { isEnd } from "../analysis/task-places.ts";
import { neverSucceeds } from "../analysis/ways-out.ts";
import type { TaskDefinition } from "../chain.ts";
import type { Finding } from "../finding.ts";

/** Tasks from which a run comes to the end only when something fails. Those that go round in a cycle nothing leaves are reported as that. */
export function checkEndings(facts: ChainFacts): readonly Finding[] {
  const ending = tasksThatEnd(facts);
  const endless = endlessCycles(facts).filter(({ byFailure }) => !byFailure);
  const cycling = new Set(endless.flatMap(({ members }) => members.map(({ task }) => task)));
  return facts.tasks
    .filter(({ task, reachable }) => reachable && facts.byId.get(task.id) === task)
    .filter(({ task }) => !ending.has(task) && !cycling.has(task))
    .map(({ task, path }) => ({
      severity: "warning",
      code: "task_cannot_end",
      path,
      message: `no way from task \`${task.id}\` leads to the end unless a task fails: expected a branch, here or later, that goes to a task without branches or to \`end\``,
    }));
}

/** Found backwards from the tasks that end the run themselves. */
function tasksThatEnd({ tasks, byId }: ChainFacts): ReadonlySet<TaskDefinition> {
  const before = new Map<TaskDefinition, TaskDefinition[]>();
  const ending = new Set<TaskDefinition>();
  for (const facts of tasks) {
    const targets = waysOn(facts);
    // Where a target leads that names no task is not known; it is reported as that.
    if (targets.length === 0 || targets.some((target) => isEnd(target) || !byId.has(target))) ending.add(facts.task);
    for (const target of targets) {
      const task = byId.get(target);
      if (task === undefined) continue;
      const known = before.get(task);
      if (known === undefined) before.set(task, [facts.task]);
      else known.push(facts.task);
    }
  }
  // A set gives what is added while it is gone through.
  for (const task of ending) for (const earlier of before.get(task) ?? []) ending.add(earlier);
  return ending;
}

/** A task that always fails goes on where its failure leads, and else ends the run as it was meant to. */
function waysOn({ task, spec, branches: { leads } }: TaskFacts): readonly string[] {
  return neverSucceeds(task, spec) ? leads.onFailure : leads.onSuccess;
}
