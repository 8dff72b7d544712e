import { canonicalJson } from "../chain/canonical-json.ts";
import type { RecordStore } from "../store/record-store.ts";
import type { Json } from "../value/json.ts";

/** How the entries of a registry are kept as records. */
export interface RegistryRecords<T> {
  readonly store: RecordStore;
  readonly kind: string;
  /** The value as JSON; undefined where it cannot be kept. */
  readonly encode: (value: T) => Json | undefined;
  /** The value of a record; undefined where it can no longer be read. */
  readonly decode: (record: Json) => T | undefined;
}

/** Equal records have equal texts, whatever the order of their members is and what a store makes of members that are undefined. */
export function recordText(record: Json): string {
  const kept: Json = JSON.parse(JSON.stringify(record));
  return canonicalJson(kept);
}
