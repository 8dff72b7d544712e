import type { TaskDefinition } from "../chain.ts";
import type { ChainFacts } from "../chain-facts.ts";
import type { Field } from "../field.ts";
import { FIELDS } from "../fields.ts";
import type { Finding } from "../finding.ts";
import { COMMON_FIELDS } from "../handler-spec.ts";
import { isBuiltIn } from "../known-outcomes.ts";
import { wireName } from "../spelling.ts";

/** Fields that the kind of task does not take. */
export function checkUnusedFields({ tasks }: ChainFacts): readonly Finding[] {
  const fields: readonly Field[] = FIELDS.task;
  return tasks.flatMap(({ task, spec, path }): readonly Finding[] => {
    if (spec === undefined) return [];
    // What a custom handler produces is held to a schema without its help.
    const taken = new Set<string>([...COMMON_FIELDS, ...spec.fields, ...(isBuiltIn(spec) ? [] : ["output"])]);
    return fields
      .filter(({ name }) => Object.hasOwn(task, name) && !taken.has(name))
      .map(({ name }) => ({
        severity: "warning",
        code: "unused_field",
        path: `${path}.${wireName(name)}`,
        message: unused(task, name),
      }));
  });
}

function unused(task: TaskDefinition, name: string): string {
  return `task \`${task.id}\` has \`${wireName(name)}\`, which the handler \`${task.handler}\` does not use: remove it, or change the handler`;
}
