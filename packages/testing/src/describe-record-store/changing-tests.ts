import type { Json } from "@catenary/core";
import { expect } from "vitest";
import { pairsOf, type RecordStoreTest } from "./record-store-test.ts";

/** How many sequences of changes are tried, and how long each is. */
const SEEDS = 20;
const CHANGES = 60;

export const changingTests = {
  "holds what a list would hold after any changes": {
    run: async ({ store }) => {
      for (let seed = 1; seed <= SEEDS; seed++) {
        const random = randomOf(seed);
        const kind = `kind ${seed}`;
        const expected = new Map<string, Json>();
        for (let change = 0; change < CHANGES; change++) {
          const id = `id ${random(8)}`;
          const where = `seed ${seed}, change ${change}, ${id}`;
          if (random(3) === 0) {
            expect(await store.delete(kind, id), where).toBe(expected.delete(id));
          } else {
            await store.put(kind, id, { change });
            expected.set(id, { change });
          }
          expect(await store.get(kind, id), where).toEqual(expected.get(id));
          expect(await pairsOf(store, kind), where).toEqual([...expected]);
        }
      }
    },
  },
  "makes all changes of a list, in their order": {
    run: async ({ store }) => {
      for (const id of ["a", "b", "c"]) await store.put("chain", id, 1);
      await store.change([
        { act: "delete", kind: "chain", id: "b" },
        { act: "put", kind: "chain", id: "d", value: { new: true } },
        { act: "put", kind: "chain", id: "a", value: 2 },
        { act: "delete", kind: "chain", id: "nobody" },
        { act: "put", kind: "group", id: "g", value: null },
        { act: "put", kind: "chain", id: "b", value: 3 },
        { act: "put", kind: "chain", id: "b", value: 4 },
      ]);
      expect(await pairsOf(store, "chain")).toEqual([
        ["a", 2],
        ["c", 1],
        ["d", { new: true }],
        ["b", 4],
      ]);
      expect(await pairsOf(store, "group")).toEqual([["g", null]]);
      await store.change([]);
    },
  },
  "makes no change of a list of which one cannot be made": {
    run: async ({ store }) => {
      await store.put("chain", "a", 1);
      // Stores are not called from TypeScript only.
      const impossible = (() => {}) as unknown as Json;
      const attempt = async () =>
        store.change([
          { act: "put", kind: "chain", id: "a", value: 2 },
          { act: "delete", kind: "chain", id: "a" },
          { act: "put", kind: "chain", id: "b", value: impossible },
        ]);
      await expect(attempt()).rejects.toThrow();
      expect(await pairsOf(store, "chain")).toEqual([["a", 1]]);
    },
  },
  "keeps a copy of what a list of changes puts": {
    run: async ({ store }) => {
      const value = { list: [1] };
      await store.change([{ act: "put", kind: "chain", id: "one", value }]);
      value.list.push(2);
      expect(await store.get("chain", "one")).toEqual({ list: [1] });
    },
  },
  "keeps all of many changes that are made at once": {
    run: async ({ store }) => {
      const ids = Array.from({ length: 200 }, (_, index) => `${index}`);
      await Promise.all(ids.map(async (id) => store.put("chain", id, { id })));
      const found = await pairsOf(store, "chain");
      expect(new Map(found)).toEqual(new Map(ids.map((id) => [id, { id }])));
      const isDeleted = await Promise.all(ids.map(async (id) => store.delete("chain", id)));
      expect(isDeleted).not.toContain(false);
      expect(await store.list("chain")).toEqual([]);
    },
  },
  "holds the same, in the same order, for whoever opens the records again": {
    needsAnother: true,
    run: async ({ store, openAnother }) => {
      for (const id of ["b", "a", "c"]) await store.put("chain", id, { id });
      await store.put("chain", "b", { id: "b", again: true });
      await store.delete("chain", "a");
      const another = await openAnother();
      expect(await pairsOf(another, "chain")).toEqual([
        ["b", { id: "b", again: true }],
        ["c", { id: "c" }],
      ]);
    },
  },
  "shows at once what another store on the same records changes": {
    needsAnother: true,
    run: async ({ store, openAnother }) => {
      const another = await openAnother();
      for (const [writer, reader] of [
        [store, another],
        [another, store],
      ] as const) {
        await writer.put("chain", "one", 1);
        expect(await reader.get("chain", "one")).toBe(1);
        await writer.put("chain", "one", 2);
        expect(await pairsOf(reader, "chain")).toEqual([["one", 2]]);
        expect(await reader.delete("chain", "one")).toBe(true);
        expect(await writer.get("chain", "one")).toBeUndefined();
      }
    },
  },
} satisfies Record<string, RecordStoreTest>;

/** Whole numbers below a limit, the same ones for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
