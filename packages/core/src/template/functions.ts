import { COLLECTIONS } from "./collections.ts";
import { COMPARISONS } from "./compare.ts";
import type { TemplateFunction } from "./template-function.ts";
import { TEXTS } from "./texts.ts";
import { isTruthy } from "./truth.ts";

/** Every function that templates can call, but `and` and `or`, which do not evaluate all of their arguments. */
export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map([
  ...Object.entries(COMPARISONS),
  ...Object.entries(COLLECTIONS),
  ...Object.entries(TEXTS),
  ["not", { least: 1, most: 1, call: ([value]) => !isTruthy(value) }] as const,
]);

export const FUNCTION_NAMES: ReadonlySet<string> = new Set([...FUNCTIONS.keys(), "and", "or"]);
