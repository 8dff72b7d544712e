import { isPlain } from "../../value/is-plain.ts";

/** What is written in code as an object. */
export type Parts = Readonly<Record<string, unknown>>;

/** What else is an object, such as a Map, has its parts elsewhere, and is reported by the decoder. */
export function isParts(value: unknown): value is Parts {
  return typeof value === "object" && value !== null && !Array.isArray(value) && isPlain(value);
}
