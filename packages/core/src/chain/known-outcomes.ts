import { extractNumber } from "../value/extract-number.ts";
import { parseRange } from "../value/parse-range.ts";
import type { Branch, TaskDefinition } from "./chain.ts";
import { HANDLER_SPECS, type HandlerSpec } from "./handler-spec.ts";

/** An outcome that a task can report. */
export interface KnownOutcome {
  readonly text: string;
  /** The second form that branches are tried on: `true` or `false` for a matched key. */
  readonly transition?: string;
}

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
  if (spec.name !== "condition_key" || task.validConditions === undefined) return undefined;
  const conditions = Object.entries(task.validConditions);
  if (conditions.length > MOST_CONDITIONS) return undefined;
  return conditions.map(([text, value]) => ({ text, transition: String(value) }));
}

/** A custom handler may have the name of a built-in one, and then does something else. */
export function isBuiltIn(spec: HandlerSpec): boolean {
  return BUILT_IN.includes(spec);
}

const BUILT_IN: readonly HandlerSpec[] = HANDLER_SPECS;

/** Whether a branch other than `default` matches an outcome that has no rounded number, as the engine compares them. */
export function matchesOutcome({ operator, when }: Branch, outcome: KnownOutcome): boolean {
  const forms = outcome.transition === undefined ? [outcome.text] : [outcome.text, outcome.transition];
  switch (operator) {
    case "equals":
      return forms.includes(when);
    case "contains":
      return forms.some((form) => form.includes(when));
    case "starts_with":
      return forms.some((form) => form.startsWith(when));
    case "ends_with":
      return forms.some((form) => form.endsWith(when));
    default:
      return matchesNumber(operator, when, extractNumber(outcome.text));
  }
}

function matchesNumber(operator: Branch["operator"], when: string, number: number | undefined): boolean {
  const bounds = boundsOf(operator, when);
  if (bounds === undefined || number === undefined) return false;
  if (operator === "in_range") return number >= bounds.low && number <= bounds.high;
  return number > bounds.low && number < bounds.high;
}

/** Between which numbers a numeric operator matches: with the bounds for `in_range`, without them for the others. */
export function boundsOf(
  operator: Branch["operator"],
  when: string,
): { readonly low: number; readonly high: number } | undefined {
  if (operator === "in_range") return parseRange(when);
  const bound = extractNumber(when);
  if (bound === undefined) return undefined;
  if (operator === ">" || operator === "gt") return { low: bound, high: Number.POSITIVE_INFINITY };
  return operator === "<" || operator === "lt" ? { low: Number.NEGATIVE_INFINITY, high: bound } : undefined;
}
