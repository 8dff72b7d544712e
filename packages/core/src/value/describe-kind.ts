/** What a value is, in words for an error message. */
export function describeKind(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  return isPlain(prototype) ? "an object" : `an instance of ${value.constructor?.name ?? "a class"}`;
}

/** Object.prototype of any realm, or none: an object that is data and nothing else. */
export function isPlain(prototype: unknown): boolean {
  return prototype === null || (typeof prototype === "object" && Object.getPrototypeOf(prototype) === null);
}
