import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";

/** Declared variables that something else has the name of, so that what the caller gives is overwritten. */
export function checkShadows({ definition, tasks }: ChainFacts): readonly Finding[] {
  const taken = new Map<string, string>([
    ["input", "is the run's input"],
    ["previous_output", "is the output of the task before"],
    ["error", "describes a failure"],
    ["failed_task", "names the task that failed"],
  ]);
  for (const { task } of tasks) {
    taken.set(task.id, `holds the output of the task \`${task.id}\``);
    if (task.compose !== undefined) taken.set(`${task.id}_composed`, `holds what the task \`${task.id}\` combined`);
  }
  return Object.keys(definition.variables ?? {}).flatMap((name): readonly Finding[] => {
    const what = taken.get(name);
    if (what === undefined) return [];
    const message = `expected a name of its own, got \`${name}\`, which ${what}: rename the variable`;
    return [{ severity: "warning", code: "shadowed_variable", path: memberPath("$.variables", name), message }];
  });
}
