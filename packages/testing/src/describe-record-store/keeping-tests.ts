import { expect } from "vitest";
import { nested, ODD_TEXTS, ODD_VALUES } from "./odd-values.ts";
import { pairsOf, type RecordStoreTest } from "./record-store-test.ts";

export const keepingTests = {
  "finds a record under its kind and id, and under no other": {
    run: async ({ store }) => {
      await store.put("chain", "one", { a: 1 });
      await store.put("group", "one", { b: 2 });
      expect(await store.get("chain", "one")).toEqual({ a: 1 });
      expect(await store.get("group", "one")).toEqual({ b: 2 });
      expect(await store.get("chain", "two")).toBeUndefined();
      expect(await store.get("hook", "one")).toBeUndefined();
      expect(await store.list("hook")).toEqual([]);
    },
  },
  "lists the records of a kind in the order in which they were first put": {
    run: async ({ store }) => {
      for (const id of ["b", "a", "10", "9", "c"]) {
        await store.put("chain", id, id);
        await store.put("group", id, "another");
      }
      await store.put("chain", "b", "again");
      expect(await pairsOf(store, "chain")).toEqual([
        ["b", "again"],
        ["a", "a"],
        ["10", "10"],
        ["9", "9"],
        ["c", "c"],
      ]);
    },
  },
  "puts a record that was deleted, and comes back, at the end": {
    run: async ({ store }) => {
      for (const id of ["a", "b", "c"]) await store.put("chain", id, 1);
      await store.delete("chain", "c");
      await store.delete("chain", "a");
      for (const id of ["a", "c"]) await store.put("chain", id, 2);
      expect((await store.list("chain")).map(({ id }) => id)).toEqual(["b", "a", "c"]);
    },
  },
  "tells of a deletion whether there was a record": {
    run: async ({ store }) => {
      await store.put("chain", "one", 1);
      expect(await store.delete("group", "one")).toBe(false);
      expect(await store.delete("chain", "one")).toBe(true);
      expect(await store.delete("chain", "one")).toBe(false);
      expect(await store.get("chain", "one")).toBeUndefined();
      expect(await store.list("chain")).toEqual([]);
    },
  },
  "keeps a copy, and gives out copies": {
    run: async ({ store }) => {
      const given = { list: [1] };
      await store.put("chain", "one", given);
      given.list.push(2);
      for (const look of [() => store.get("chain", "one"), async () => (await store.list("chain"))[0]?.value]) {
        const got = await look();
        expect(got).toEqual({ list: [1] });
        Object.assign(got ?? {}, { list: [] });
      }
      expect(await store.get("chain", "one")).toEqual({ list: [1] });
    },
  },
  "keeps every value that JSON has, as it was": {
    run: async ({ store }) => {
      for (const [index, value] of ODD_VALUES.entries()) await store.put("chain", `${index}`, value);
      expect(await pairsOf(store, "chain")).toStrictEqual(ODD_VALUES.map((value, index) => [`${index}`, value]));
      for (const [index, value] of ODD_VALUES.entries()) {
        expect(JSON.stringify(await store.get("chain", `${index}`))).toBe(JSON.stringify(value));
      }
    },
  },
  "takes any text as an id, and takes none for another": {
    run: async ({ store }) => {
      for (const [index, id] of ODD_TEXTS.entries()) await store.put("chain", id, index);
      expect(await pairsOf(store, "chain")).toEqual(ODD_TEXTS.map((id, index) => [id, index]));
      for (const [index, id] of ODD_TEXTS.entries()) expect(await store.get("chain", id)).toBe(index);
      for (const id of ODD_TEXTS) expect(await store.delete("chain", id)).toBe(true);
      expect(await store.list("chain")).toEqual([]);
    },
  },
  "takes any text as a kind, and takes none for another": {
    run: async ({ store }) => {
      for (const [index, kind] of ODD_TEXTS.entries()) await store.put(kind, "one", index);
      for (const [index, kind] of ODD_TEXTS.entries()) expect(await pairsOf(store, kind)).toEqual([["one", index]]);
    },
  },
  "keeps a record of megabytes, and one whose parts lie a hundred levels deep": {
    run: async ({ store }) => {
      const long = { text: "ä🧶".repeat(400_000), list: Array.from({ length: 20_000 }, (_, index) => index) };
      await store.put("chain", "long", long);
      await store.put("chain", "deep", nested(100));
      expect(JSON.stringify(await store.get("chain", "long")) === JSON.stringify(long)).toBe(true);
      expect(await store.get("chain", "deep")).toEqual(nested(100));
    },
  },
} satisfies Record<string, RecordStoreTest>;
