import { expect, test } from "vitest";
import { createMemoryRecordStore } from "./memory-record-store.ts";

test("a record is found under its kind and id", async () => {
  const store = createMemoryRecordStore();
  await store.put("chain", "one", { a: 1 });
  await store.put("group", "one", { b: 2 });
  expect(await store.get("chain", "one")).toEqual({ a: 1 });
  expect(await store.get("group", "one")).toEqual({ b: 2 });
  expect(await store.get("chain", "two")).toBeUndefined();
  expect(await store.get("hook", "one")).toBeUndefined();
});

test("records are listed in the order in which they were first put", async () => {
  const store = createMemoryRecordStore();
  for (const id of ["b", "a", "c"]) await store.put("chain", id, id);
  await store.put("chain", "b", "again");
  expect(await store.list("chain")).toEqual([
    { id: "b", value: "again" },
    { id: "a", value: "a" },
    { id: "c", value: "c" },
  ]);
  expect(await store.list("hook")).toEqual([]);
});

test("deleting tells whether there was one", async () => {
  const store = createMemoryRecordStore();
  await store.put("chain", "one", 1);
  expect(await store.delete("chain", "one")).toBe(true);
  expect(await store.delete("chain", "one")).toBe(false);
  expect(await store.list("chain")).toEqual([]);
});

test("what is kept is a copy, and so is what is given out", async () => {
  const store = createMemoryRecordStore();
  const given = { list: [1] };
  await store.put("chain", "one", given);
  given.list.push(2);
  const got = await store.get("chain", "one");
  expect(got).toEqual({ list: [1] });
  Object.assign(got ?? {}, { list: [] });
  expect(await store.get("chain", "one")).toEqual({ list: [1] });
});

test("names that every object has are names like others", async () => {
  const store = createMemoryRecordStore();
  expect(await store.get("__proto__", "constructor")).toBeUndefined();
  await store.put("__proto__", "constructor", 1);
  expect(await store.list("__proto__")).toEqual([{ id: "constructor", value: 1 }]);
});
