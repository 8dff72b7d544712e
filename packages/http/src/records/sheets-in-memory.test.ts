import { createMemoryRecordStore, type RecordStore } from "@catenary/core";
import { expect, test } from "vitest";
import { sheetsInMemory } from "./sheets-in-memory.ts";

/** A store that says which lists were read, and that can be made to refuse changes. */
function watched() {
  const kept = createMemoryRecordStore();
  const lists: string[] = [];
  const refusal: { error?: Error } = {};
  const store: RecordStore = {
    ...kept,
    list: async (kind) => {
      lists.push(kind);
      return kept.list(kind);
    },
    change: async (changes) => {
      if (refusal.error !== undefined) throw refusal.error;
      await kept.change(changes);
    },
  };
  return { kept, lists, refusal, store, through: sheetsInMemory(store) };
}

test("sheets are read from the store once, and what is changed is there; other records are read each time", async () => {
  const { kept, lists, through } = watched();
  kept.put("http_model", "a", 1);
  for (const id of ["b", "c"]) {
    await through.list("http_model");
    await through.put("http_model", id, 2);
    await through.list("model");
  }
  expect(await through.delete("http_model", "a")).toBe(true);
  expect(await through.delete("http_model", "a")).toBe(false);
  expect(await through.list("http_model")).toEqual(kept.list("http_model"));
  expect([await through.get("http_model", "a"), await through.get("http_model", "b")]).toEqual([undefined, 2]);
  expect(lists).toEqual(["http_model", "model", "model"]);
});

test("a change that fails has changed nothing, and what is there is read anew", async () => {
  const { refusal, lists, through } = watched();
  await through.put("http_model", "a", 1);
  await through.list("http_model");
  refusal.error = new Error("the disk is full");
  await expect(through.put("http_model", "a", 2)).rejects.toThrow("full");
  expect(await through.get("http_model", "a")).toBe(1);
  expect(lists).toHaveLength(2);
});

test("who reads while something is changed leaves nothing old behind", async () => {
  const { through } = watched();
  await Promise.all([
    through.put("http_model", "a", 1),
    through.list("http_model"),
    through.put("http_model", "b", 1),
    through.list("http_model"),
  ]);
  expect((await through.list("http_model")).map(({ id }) => id)).toEqual(["a", "b"]);
});

test("all over one store see the same, and whoever comes new what was changed past them", async () => {
  const { kept, store, through } = watched();
  await through.put("http_model", "a", 1);
  await through.list("http_model");
  kept.put("http_model", "a", 2);
  expect(await through.get("http_model", "a")).toBe(1);
  expect(sheetsInMemory(store)).toBe(through);
  expect(await through.get("http_model", "a")).toBe(2);
});
