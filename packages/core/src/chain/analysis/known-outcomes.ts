import type { JsonObject } from "../../value/json.ts";
import type { Outcome } from "../../value/outcome.ts";
import type { TaskDefinition } from "../chain.ts";
import { HANDLER_SPECS, type HandlerSpec } from "../handler-spec.ts";
import { structuredOutcomes } from "./structured-outcomes.ts";

/** An outcome that a task can report: its words are known before it runs, its number is not. */
export type KnownOutcome = Omit<Outcome, "number">;

/** Every branch is tried on every condition, which would take long for more. */
const MOST_CONDITIONS = 1000;

/** Every outcome that a task can report on success. Undefined where they are not few, or not known. */
export function knownOutcomes(
  task: TaskDefinition,
  spec: HandlerSpec | undefined,
): readonly KnownOutcome[] | undefined {
  if (spec?.outcomes !== undefined) return spec.outcomes.map((text) => ({ text }));
  if (spec === undefined || !isBuiltIn(spec)) return undefined;
  // Without a template over its output a hook only reports that it answered.
  if (spec.name === "hook") return task.outputTemplate ? undefined : [{ text: "ok" }];
  if (spec.name === "raw_string") return task.output && namedOutcomes(task.output);
  if (spec.name !== "condition_key" || task.validConditions === undefined) return undefined;
  const conditions = Object.entries(task.validConditions);
  if (conditions.length > MOST_CONDITIONS) return undefined;
  return conditions.map(([text, value]) => ({ text, transition: String(value) }));
}

function namedOutcomes(schema: JsonObject): readonly KnownOutcome[] | undefined {
  const outcomes = structuredOutcomes(schema);
  return outcomes?.numbers === undefined ? outcomes?.texts.map((text) => ({ text })) : undefined;
}

/** A custom handler may have the name of a built-in one, and then does something else. */
export function isBuiltIn(spec: HandlerSpec): boolean {
  return BUILT_IN.includes(spec);
}

const BUILT_IN: readonly HandlerSpec[] = HANDLER_SPECS;
