import { createMemoryRecordStore, createRuntime } from "@catenary/core";
import { expect, test } from "vitest";
import { createLoadRecords } from "./load-records.ts";

test("records are read once, however many ask, and again where that failed", async () => {
  const records = createMemoryRecordStore();
  await records.put("model", "m", { name: "m" });
  let isBroken = true;
  let reads = 0;
  const list = (kind: string) => {
    if (kind === "model") reads++;
    if (isBroken) throw new Error("disk");
    return records.list(kind);
  };
  const runtime = createRuntime({ records: { ...records, list } });
  const load = createLoadRecords(runtime);
  await expect(load()).rejects.toThrow("disk");
  isBroken = false;
  await Promise.all([load(), load()]);
  expect(load()).toBeUndefined();
  expect(runtime.models.get("m")).toBeDefined();
  expect(reads).toBe(1);
});
