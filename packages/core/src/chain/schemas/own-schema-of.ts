import type { JsonObject } from "../../value/json.ts";
import type { TaskFacts } from "../analysis/chain-facts.ts";
import { isBuiltIn } from "../analysis/known-outcomes.ts";

/** The schema that what a task leaves certainly satisfies: its own, where it is held to it and nothing else is made of what it produced. */
export function ownSchemaOf({ task, spec }: Pick<TaskFacts, "task" | "spec">): JsonObject | undefined {
  if (spec === undefined || task.compose !== undefined) return undefined;
  // What a custom handler produces is held to a schema without its help.
  if (!isBuiltIn(spec)) return task.output;
  if (!spec.fields.includes("output")) return undefined;
  return spec.name === "hook" && task.outputTemplate ? undefined : task.output;
}
