import { InputError } from "../errors/input-error.ts";

/** The error for an input that is not what its type says. `path` is a JSON path from the input's root `$`; the value itself is never quoted. */
export function invalidInput(path: string, expected: string, actual: string): InputError {
  return new InputError(`the input at ${path} must be ${expected}, but it is ${actual}`, { path, expected, actual });
}

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

export function fieldPath(path: string, key: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
