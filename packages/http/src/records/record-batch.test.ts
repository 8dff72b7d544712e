import { createMemoryRecordStore } from "@catenary/core";
import { expect, test } from "vitest";
import { RecordBatch } from "./record-batch.ts";

test("what is read through a batch is as if its changes were made, which they are when it is committed", async () => {
  const store = createMemoryRecordStore();
  for (const id of ["a", "b"]) store.put("model", id, 1);
  store.put("group", "g", 1);
  const batch = new RecordBatch();
  const through = batch.over(store);
  await through.put("model", "a", 2);
  expect(await through.delete("model", "b")).toBe(true);
  expect(await through.delete("model", "b")).toBe(false);
  await through.change([{ act: "put", kind: "model", id: "c", value: 3 }]);
  const changed = [
    { id: "a", value: 2 },
    { id: "c", value: 3 },
  ];
  expect(await through.list("model")).toEqual(changed);
  expect(await through.list("group")).toEqual([{ id: "g", value: 1 }]);
  expect([await through.get("model", "a"), await through.get("model", "b"), await through.get("group", "g")]).toEqual([
    2,
    undefined,
    1,
  ]);
  expect(store.get("model", "a")).toBe(1);
  await batch.commit();
  expect(store.list("model")).toEqual(changed);
  expect(batch.drop()).toBe(false);
});

test("what is dropped was never made, and what a store refuses is still there to be dropped", async () => {
  const store = createMemoryRecordStore();
  const batch = new RecordBatch();
  const refusing = { ...store, change: () => Promise.reject(new Error("no room")) };
  await batch.over(refusing).put("model", "a", 1);
  await expect(batch.commit()).rejects.toThrow("no room");
  expect(batch.drop()).toBe(true);
  expect(await batch.over(refusing).get("model", "a")).toBeUndefined();
  await batch.commit();
});
