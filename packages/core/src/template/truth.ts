import type { Value } from "./frame.ts";

/** False for false, 0, and everything missing, null or empty; true for the rest. */
export function isTruthy(value: Value): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== "object") return Boolean(value);
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}
