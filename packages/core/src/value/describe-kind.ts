import { isPlain } from "./is-plain.ts";

/** What a value is, in words for an error message. */
export function describeKind(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  return isPlain(value) ? "an object" : `an instance of ${value.constructor?.name ?? "a class"}`;
}
