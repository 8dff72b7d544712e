import type { Json } from "../value/json.ts";
import type { RecordStore } from "./record-store.ts";

/** Records that live as long as the process. */
export function createMemoryRecordStore(): RecordStore {
  const kinds = new Map<string, Map<string, Json>>();
  const recordsOf = (kind: string): Map<string, Json> => {
    let records = kinds.get(kind);
    if (records === undefined) {
      records = new Map();
      kinds.set(kind, records);
    }
    return records;
  };
  return {
    list: (kind) => [...recordsOf(kind)].map(([id, value]) => ({ id, value: structuredClone(value) })),
    get: (kind, id) => structuredClone(recordsOf(kind).get(id)),
    put: (kind, id, value) => {
      recordsOf(kind).set(id, structuredClone(value));
    },
    delete: (kind, id) => recordsOf(kind).delete(id),
    change: (changes) => {
      // What cannot be copied is found out before anything is changed.
      for (const change of structuredClone(changes)) {
        if (change.act === "put") recordsOf(change.kind).set(change.id, change.value);
        else recordsOf(change.kind).delete(change.id);
      }
    },
  };
}
