import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { END } from "../chain.ts";
import type { Finding } from "../finding.ts";

/**
 * Ids that are empty, reserved or repeated, and a chain without tasks. An empty or reserved id is an error even where no run
 * comes to the task: no chain that has one ever ran. A repeated one hides its task, so it is as bad as the first's place.
 */
export function checkIds({ definition, tasks, byId }: ChainFacts): readonly Finding[] {
  if (tasks.length === 0) {
    const message = "the chain has no tasks; expected at least one";
    return [{ severity: "error", code: "no_tasks", path: "$.tasks", message }];
  }
  const reachable = new Set(tasks.filter((facts) => facts.reachable).map(({ task }) => task.id));
  const findings = tasks.flatMap((facts) => idFinding(facts, byId.get(facts.task.id) !== facts.task, reachable));
  if (definition.id !== "") return findings;
  const message = "expected the chain's name, got none; a chain without one can be run, but not registered";
  return [{ severity: "warning", code: "missing_field", path: "$.id", message }, ...findings];
}

function idFinding({ task, path: taskPath }: TaskFacts, repeated: boolean, reachable: ReadonlySet<string>): Finding[] {
  const path = `${taskPath}.id`;
  if (task.id === "") {
    return [{ severity: "error", code: "empty_task_id", path, message: "expected the task's name, got none" }];
  }
  if (task.id === END) {
    const message = `expected another name: \`${END}\` is the target that finishes a run`;
    return [{ severity: "error", code: "reserved_task_id", path, message }];
  }
  if (!repeated) return [];
  const message = `expected a name of its own, got \`${task.id}\`, which an earlier task has; only the first would run`;
  return [{ severity: reachable.has(task.id) ? "error" : "warning", code: "duplicate_task_id", path, message }];
}
