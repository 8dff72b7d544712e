import type { Json } from "./json.ts";

/** A copy of its own at every depth, which may be changed. Texts, numbers, booleans and null are given as they are. */
export function copyJson(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => copyJson(item));
  // Unlike assignment, `fromEntries` makes an own member of a key named `__proto__`.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyJson(item)]));
}
