import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { isBuiltIn } from "../analysis/known-outcomes.ts";
import type { TaskDefinition } from "../chain.ts";
import type { Finding } from "../finding.ts";
import { COMMON_FIELDS } from "../handler-spec.ts";
import type { Field } from "../wire/field.ts";
import { FIELDS } from "../wire/fields.ts";
import { wireName } from "../wire/spelling.ts";

/** Fields that the kind of task does not take. */
export function checkUnusedFields({ tasks }: ChainFacts): readonly Finding[] {
  const fields: readonly Field[] = FIELDS.task;
  return tasks.flatMap(({ task, spec, path }): readonly Finding[] => {
    const taken = takenBy({ task, spec });
    if (taken === undefined) return [];
    return fields
      .filter(({ name }) => Object.hasOwn(task, name) && !taken.has(name))
      .map(({ name }) => ({
        severity: "warning",
        code: "unused_field",
        path: `${path}.${wireName(name)}`,
        message: unused({ task, spec }, name),
      }));
  });
}

/** Undefined where the handler is not known. */
function takenBy({ task, spec }: Pick<TaskFacts, "task" | "spec">): ReadonlySet<string> | undefined {
  if (spec === undefined) return undefined;
  const taken = new Set<string>([...COMMON_FIELDS, ...spec.fields]);
  // What a custom handler produces is held to a schema without its help.
  if (!isBuiltIn(spec)) taken.add("output");
  else if (task.output !== undefined) for (const name of TEXT_FIELDS) taken.delete(name);
  return taken;
}

/** A task that produces a value of a shape writes no text to stream. */
const TEXT_FIELDS = ["stream", "restart"] as const satisfies readonly (keyof TaskDefinition)[];

function unused({ task, spec }: Pick<TaskFacts, "task" | "spec">, name: string): string {
  if (spec?.fields.some((field) => field === name))
    return `task \`${task.id}\` has \`${name}\`, and its \`output\` is a value and no text to stream: remove one of the two`;
  return `task \`${task.id}\` has \`${wireName(name)}\`, which the handler \`${task.handler}\` does not use: remove it, or change the handler`;
}
