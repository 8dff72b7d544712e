import { isRecord } from "./is-record.ts";

/** Whether its members stand by name. A Map or a Set is an object too, has its members elsewhere, and would be taken for an empty one. */
export function isByName(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && !(Symbol.iterator in value);
}
