import type { Json, RecordStore } from "@catenary/core";
import { createTurns } from "./turns.ts";

/** Of the kinds that only this surface writes. */
export const SHEETS = "http_";

interface Remembering {
  readonly store: RecordStore;
  readonly kinds: Map<string, unknown>;
}

/** One for each store, so that all that write to it see the same. */
const known = new WeakMap<RecordStore, Remembering>();

/**
 * The same store, with all sheets of a kind in memory once one of them was read: every list looks at all of its kind. What is changed past
 * it, by another process, is seen by whoever calls this anew.
 */
export function sheetsInMemory(store: RecordStore): RecordStore {
  const remembering = known.get(store) ?? remember(store);
  known.set(store, remembering);
  remembering.kinds.clear();
  return remembering.store;
}

type Sheets = Map<string, Json>;

function remember(store: RecordStore): Remembering {
  const kinds = new Map<string, Promise<Sheets>>();
  const inTurn = createTurns();
  const sheetsOf = (kind: string): Promise<Sheets> => {
    const before = kinds.get(kind);
    if (before !== undefined) return before;
    const reading = read(store, kind);
    // What cannot be read now may be next time.
    reading.catch(() => kinds.get(kind) === reading && kinds.delete(kind));
    kinds.set(kind, reading);
    return reading;
  };
  const change: RecordStore["change"] = (changes) =>
    inTurn(async () => {
      const touched = new Map<string, Sheets | undefined>();
      for (const { kind } of changes) touched.set(kind, await kinds.get(kind)?.catch(() => undefined));
      for (const kind of touched.keys()) kinds.delete(kind);
      // Where it fails, what is there is read anew.
      await store.change(changes);
      for (const { kind, id, ...one } of changes) {
        if (one.act === "put") touched.get(kind)?.set(id, one.value);
        else touched.get(kind)?.delete(id);
      }
      for (const [kind, sheets] of touched) {
        // Whoever read meanwhile may have read what was there before.
        if (sheets === undefined) kinds.delete(kind);
        else kinds.set(kind, Promise.resolve(sheets));
      }
    });
  const over: RecordStore = {
    list: async (kind) => {
      if (!kind.startsWith(SHEETS)) return store.list(kind);
      return [...(await sheetsOf(kind))].map(([id, value]) => ({ id, value }));
    },
    get: async (kind, id) => (kind.startsWith(SHEETS) ? (await sheetsOf(kind)).get(id) : store.get(kind, id)),
    put: (kind, id, value) => change([{ act: "put", kind, id, value }]),
    delete: async (kind, id) => {
      if (!kind.startsWith(SHEETS)) return store.delete(kind, id);
      const wasThere = (await sheetsOf(kind)).has(id);
      if (wasThere) await change([{ act: "delete", kind, id }]);
      return wasThere;
    },
    change,
  };
  return { store: over, kinds };
}

async function read(store: RecordStore, kind: string): Promise<Sheets> {
  return new Map((await store.list(kind)).map(({ id, value }) => [id, value]));
}
