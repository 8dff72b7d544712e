import type { RecordStore } from "@catenary/core";

/** The same records, with a turn of the event loop before each answer, as a store on a disk takes it. */
export function slowStore(store: RecordStore): RecordStore {
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    list: async (kind) => pause().then(() => store.list(kind)),
    get: async (kind, id) => pause().then(() => store.get(kind, id)),
    put: async (kind, id, value) => pause().then(() => store.put(kind, id, value)),
    delete: async (kind, id) => pause().then(() => store.delete(kind, id)),
    change: async (changes) => pause().then(() => store.change(changes)),
  };
}
