import { createMemoryRecordStore, type RecordStore, type StoredRecord } from "@catenary/core";
import { describe, expect, it } from "vitest";
import { slowStore } from "../tests/slow-store.ts";
import type { RecordStoreTest } from "./describe-record-store/record-store-test.ts";
import { type RecordStoreTestName, recordStoreTests } from "./describe-record-store/record-store-tests.ts";
import { describeRecordStore } from "./describe-record-store.ts";

describeRecordStore("createMemoryRecordStore()", { create: createMemoryRecordStore });

describeRecordStore("a store that answers later, and that several open", {
  create: () => slowStore(createMemoryRecordStore()),
  openAnother: slowStore,
});

describe("the conformance suite finds a store that", () => {
  const flaws: readonly (readonly [string, RecordStoreTestName, (sound: RecordStore) => Partial<RecordStore>])[] = [
    [
      "mixes kinds",
      "finds a record under its kind and id, and under no other",
      (sound) => ({
        get: (_kind, id) => sound.get("chain", id),
        put: (_kind, id, value) => sound.put("chain", id, value),
      }),
    ],
    [
      "sorts its records",
      "lists the records of a kind in the order in which they were first put",
      (sound) => ({ list: async (kind) => [...(await sound.list(kind))].sort(byId) }),
    ],
    [
      "moves what is replaced to the end",
      "lists the records of a kind in the order in which they were first put",
      (sound) => ({
        put: async (kind, id, value) => {
          await sound.delete(kind, id);
          await sound.put(kind, id, value);
        },
      }),
    ],
    [
      "begins with the last of several changes",
      "makes all changes of a list, in their order",
      (sound) => ({ change: (changes) => sound.change(changes.toReversed()) }),
    ],
    ["makes several changes one by one", "makes no change of a list of which one cannot be made", oneByOne],
    ["keeps what it is given in a list", "keeps a copy of what a list of changes puts", () => keepsItself()],
    [
      "gives a place back to what was deleted",
      "puts a record that was deleted, and comes back, at the end",
      (sound) => ({
        list: async (kind) => [...(await sound.list(kind))].sort(byId),
      }),
    ],
    [
      "says of every deletion that it did something",
      "tells of a deletion whether there was a record",
      (sound) => ({
        delete: async (kind, id) => {
          await sound.delete(kind, id);
          return true;
        },
      }),
    ],
    ["keeps what it was given itself", "keeps a copy, and gives out copies", () => keepsItself()],
    [
      "takes null for nothing",
      "keeps every value that JSON has, as it was",
      (sound) => ({ get: async (kind, id) => (await sound.get(kind, id)) ?? undefined }),
    ],
    [
      "takes no notice of capitals",
      "takes any text as an id, and takes none for another",
      (sound) => withIds(sound, (id) => id.toLowerCase()),
    ],
    [
      "brings ids into a normal form",
      "takes any text as an id, and takes none for another",
      (sound) => withIds(sound, (id) => id.normalize("NFC")),
    ],
    [
      "writes ids as UTF-8",
      "takes any text as an id, and takes none for another",
      (sound) => withIds(sound, (id) => id.toWellFormed()),
    ],
    [
      "forgets a change",
      "holds what a list would hold after any changes",
      (sound) => {
        let changes = 0;
        return { put: (kind, id, value) => (++changes % 50 === 0 ? undefined : sound.put(kind, id, value)) };
      },
    ],
    [
      "loses one of two changes that come at once",
      "keeps all of many changes that are made at once",
      (sound) => {
        let isBusy = false;
        return {
          async put(kind, id, value) {
            if (isBusy) return;
            isBusy = true;
            await null;
            isBusy = false;
            await sound.put(kind, id, value);
          },
        };
      },
    ],
  ];

  it.each(flaws)("%s", async (_flaw, title, flawed) => {
    const sound = createMemoryRecordStore();
    const store = { ...sound, ...flawed(sound) };
    const test: RecordStoreTest = recordStoreTests[title];
    await expect(test.run({ store, openAnother: async () => store })).rejects.toThrow();
  });

  it.each([
    "holds the same, in the same order, for whoever opens the records again",
    "shows at once what another store on the same records changes",
  ] as const)("does not: %s", async (title) => {
    const test: RecordStoreTest = recordStoreTests[title];
    const subject = { store: createMemoryRecordStore(), openAnother: async () => createMemoryRecordStore() };
    await expect(test.run(subject)).rejects.toThrow();
  });
});

function byId(one: StoredRecord, other: StoredRecord): number {
  return one.id < other.id ? -1 : 1;
}

function oneByOne(sound: RecordStore): Partial<RecordStore> {
  return {
    change: async (changes) => {
      for (const change of changes) {
        if (change.act === "delete") await sound.delete(change.kind, change.id);
        else if (typeof change.value === "function") throw new TypeError("it is no JSON");
        else await sound.put(change.kind, change.id, change.value);
      }
    },
  };
}

function withIds(sound: RecordStore, change: (id: string) => string): Partial<RecordStore> {
  return {
    get: (kind, id) => sound.get(kind, change(id)),
    put: (kind, id, value) => sound.put(kind, change(id), value),
    delete: (kind, id) => sound.delete(kind, change(id)),
  };
}

function keepsItself(): RecordStore {
  const records = new Map<string, StoredRecord>();
  return {
    list: () => [...records.values()],
    get: (_kind, id) => records.get(id)?.value,
    put: (_kind, id, value) => void records.set(id, { id, value }),
    delete: (_kind, id) => records.delete(id),
    change: () => {},
  };
}
