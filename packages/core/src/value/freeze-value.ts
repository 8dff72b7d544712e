import type { Json } from "./json.ts";
import type { TypedValue } from "./typed-value.ts";

/**
 * Freezes a value of a run at every depth, in place, so that hooks and handlers that get it cannot change what was recorded.
 * Stops at what is frozen already: a step that passes its input on costs nothing. For values that are the run's own;
 * what others made is copied first (`copyJson`).
 */
export function freezeValue(typed: TypedValue): TypedValue {
  if (Object.isFrozen(typed)) return typed;
  if (isOpen(typed.value)) freezeJson(typed.value);
  return Object.freeze(typed);
}

/** Not recursive: what models and servers answer may be nested deeper than the stack. */
function freezeJson(value: object): void {
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    Object.freeze(next);
    // Safe: only JSON is given, and its arrays and objects hold JSON.
    for (const inner of Object.values(next) as Json[]) if (isOpen(inner)) open.push(inner);
  }
}

function isOpen(value: Json): value is Extract<Json, object> {
  return typeof value === "object" && value !== null && !Object.isFrozen(value);
}
