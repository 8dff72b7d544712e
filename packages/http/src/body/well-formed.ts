/**
 * Plain data without halves of characters, which no other server and no text in UTF-8 can hold: U+FFFD stands in their place, in names
 * of fields too, as in the original.
 */
export function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(wellFormed);
  // Whatever the names are, `__proto__` too, they become fields.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed(item)]));
}

/** Whether JSON may have such halves: only an escape can write one, and few texts have escapes. */
export function mayHaveHalves(json: string): boolean {
  return json.includes("\\ud") || json.includes("\\uD");
}
