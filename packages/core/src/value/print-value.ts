import type { Json } from "./json.ts";

/** How a missing or null value appears in a rendered text. */
export const NO_VALUE = "<no value>";

/** A value as text, as templates and prompts print it: strings as they are, numbers as JavaScript writes them, objects and arrays as compact JSON. */
export function printValue(value: Json | undefined): string {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return NO_VALUE;
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}
