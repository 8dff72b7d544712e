import { isRecord } from "./is-record.ts";

const LONGEST_TEXT = 60;

/** What came, in words for an error: short values themselves, of the others the kind. A promise is told to be awaited. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return value.length > LONGEST_TEXT ? "a text" : JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `the bigint ${value}n`;
  if (typeof value !== "object" || value === null) return String(value);
  if (isThenable(value)) return "a promise: await it";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && name !== "Object" ? `an instance of ${name}` : "an object";
}

function isThenable(value: object): boolean {
  return isRecord(value) && typeof value.then === "function";
}
