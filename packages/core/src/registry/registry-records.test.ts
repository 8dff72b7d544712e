import { describe, expect, test, vi } from "vitest";
import { slowStore } from "../../../testing/tests/slow-store.ts";
import { kept, refused, registryOf, type Thing } from "../../tests/fixtures/things.ts";
import { createMemoryRecordStore } from "../store/memory-record-store.ts";
import { plainRecords } from "./record-codecs.ts";

test("changes that somebody keeps elsewhere are there at once, and gone with a load where they were not made in the end", async () => {
  const [own, batch] = [createMemoryRecordStore(), createMemoryRecordStore()];
  const registry = kept(own);
  await registry.create({ id: "a" }, { origin: "record" });
  await registry.create({ id: "b" }, { origin: "record" });
  await registry.create({ id: "c" }, { origin: "record", records: batch });
  await registry.update("a", { id: "a", size: 2 }, { records: batch });
  await registry.delete("b", { records: batch });
  expect(registry.list().map(({ value }) => value)).toEqual([{ id: "a", size: 2 }, { id: "c" }]);
  expect(await batch.list("thing")).toEqual([
    { id: "c", value: { id: "c" } },
    { id: "a", value: { id: "a", size: 2 } },
  ]);
  expect((await own.list("thing")).map(({ id }) => id)).toEqual(["a", "b"]);
  await registry.load();
  expect(registry.list().map(({ value }) => value)).toEqual([{ id: "a" }, { id: "b" }]);
});

describe("records", () => {
  test("an entry of the origin record is kept, changed and removed in the store before it is here", async () => {
    const store = createMemoryRecordStore();
    const registry = kept(store);
    expect(await registry.create({ id: "a" }, { origin: "record" })).toMatchObject({ origin: "record" });
    expect(await store.list("thing")).toEqual([{ id: "a", value: { id: "a" } }]);
    expect(await registry.update("a", { id: "a", size: 2 })).toMatchObject({ origin: "record" });
    expect(await store.get("thing", "a")).toEqual({ id: "a", size: 2 });
    await registry.delete("a");
    expect(await store.list("thing")).toEqual([]);
  });

  test("an entry from code is not kept, whatever becomes of it", async () => {
    const store = createMemoryRecordStore();
    const registry = kept(store, [{ id: "a" }]);
    await registry.create({ id: "b" });
    await registry.update("a", { id: "a", size: 2 });
    expect(await store.list("thing")).toEqual([]);
  });

  test("loading adds what the store holds; code wins over a record of the same id, which stays in the store", async () => {
    const store = createMemoryRecordStore();
    for (const id of ["a", "b"]) await store.put("thing", id, { id, size: 9 });
    const registry = kept(store, [{ id: "a" }]);
    await registry.load();
    expect(registry.list()).toEqual([
      { id: "a", origin: "code", value: { id: "a" } },
      { id: "b", origin: "record", value: { id: "b", size: 9 } },
    ]);
    await registry.delete("a");
    expect(await store.get("thing", "a")).toEqual({ id: "a", size: 9 });
  });

  test("loading again adds nothing twice, and tells only of what is new", async () => {
    const onChange = vi.fn();
    const store = createMemoryRecordStore();
    await store.put("thing", "a", { id: "a" });
    const registry = registryOf([], { onChange, records: plainRecords<Thing>(store, "thing") });
    await Promise.all([registry.load(), registry.load()]);
    await registry.load();
    expect(registry.list()).toHaveLength(1);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  test("loading again follows what others changed in the store, and leaves alone what they did not", async () => {
    const store = createMemoryRecordStore();
    for (const id of ["a", "b", "c"]) await store.put("thing", id, { id, size: 1 });
    const registry = kept(store, [{ id: "own" }]);
    await registry.load();
    const { a, version } = { a: registry.get("a"), version: registry.version };
    await store.put("thing", "a", { size: 1, id: "a" });
    await registry.load();
    expect([registry.get("a") === a, registry.version]).toEqual([true, version]);
    await store.put("thing", "b", { id: "b", size: 2 });
    await store.put("thing", "d", { id: "d" });
    await store.delete("thing", "c");
    await registry.load();
    expect(registry.list()).toEqual([
      { id: "own", origin: "code", value: { id: "own" } },
      { id: "a", origin: "record", value: { id: "a", size: 1 } },
      { id: "b", origin: "record", value: { id: "b", size: 2 } },
      { id: "d", origin: "record", value: { id: "d" } },
    ]);
    expect(registry.get("a")).toBe(a);
  });

  test("before anybody has loaded them, records are as much there for changes as afterwards", async () => {
    const store = slowStore(createMemoryRecordStore());
    for (const id of ["a", "b"]) await store.put("thing", id, { id, size: 1 });
    const taken = kept(store);
    await expect(taken.create({ id: "a" }, { origin: "record" })).rejects.toThrow(refused("already_exists"));
    expect(taken.list()).toHaveLength(2);
    expect(await kept(store).update("a", { id: "a", size: 2 })).toMatchObject({ origin: "record" });
    await kept(store).delete("b");
    expect(await store.list("thing")).toEqual([{ id: "a", value: { id: "a", size: 2 } }]);
    await expect(kept(store).delete("b")).rejects.toThrow(refused("not_found"));
  });

  test("a change does not go on where the records cannot be read first, and is made when they can", async () => {
    const store = createMemoryRecordStore();
    await store.put("thing", "a", { id: "a", size: 1 });
    const list = vi.spyOn(store, "list").mockRejectedValueOnce(new Error("the disk is gone"));
    const registry = kept(store);
    await expect(registry.create({ id: "b" }, { origin: "record" })).rejects.toThrow("the disk is gone");
    expect([registry.list(), await store.get("thing", "b")]).toEqual([[], undefined]);
    await registry.create({ id: "b" }, { origin: "record" });
    await registry.delete("a");
    expect(list).toHaveBeenCalledTimes(2);
    expect(registry.list().map(({ id }) => id)).toEqual(["b"]);
  });

  test("what was created and updated here is not read again", async () => {
    const registry = kept(createMemoryRecordStore());
    await registry.create({ id: "a" }, { origin: "record" });
    const changed = { id: "a", size: 2 };
    await registry.update("a", changed);
    await registry.load();
    expect(registry.get("a")).toBe(changed);
  });

  test("an entry goes where its record can no longer be read, and comes back with a record that can", async () => {
    const store = createMemoryRecordStore();
    const registry = kept(store);
    await registry.create({ id: "a" }, { origin: "record" });
    await store.put("thing", "a", 5);
    await registry.load();
    expect(registry.list()).toEqual([]);
    await store.put("thing", "a", { id: "a" });
    await registry.load();
    expect(registry.list()).toHaveLength(1);
  });

  test.each([
    ["no object", 5],
    ["nothing", null],
    ["without an id", {}],
    ["of another id", { id: "b" }],
    ["refused by the check", { id: "a", size: -1 }],
  ])("a record that is %s stays in the store, and the others are loaded", async (_, record) => {
    const store = createMemoryRecordStore();
    await store.put("thing", "a", record);
    await store.put("thing", "z", { id: "z" });
    const check = ({ size }: Thing) => {
      if (size === -1) throw new RangeError("too small");
    };
    const registry = registryOf([], { check, records: plainRecords<Thing>(store, "thing") });
    await registry.load();
    expect(registry.list().map(({ id }) => id)).toEqual(["z"]);
    expect(await store.get("thing", "a")).toEqual(record);
  });

  test("what cannot be written as JSON is refused as a record, and the message says what to do", async () => {
    const registry = kept(createMemoryRecordStore());
    const withCode: Thing & { readonly act: () => void } = { id: "a", act: () => {} };
    await expect(registry.create(withCode, { origin: "record" })).rejects.toThrow(
      expect.objectContaining({ code: "invalid_entry", message: expect.stringContaining("createRuntime") }),
    );
    expect(registry.list()).toEqual([]);
    await expect(registryOf().create({ id: "a" }, { origin: "record" })).rejects.toThrow(refused("invalid_entry"));
  });

  test("a store that fails changes nothing here", async () => {
    const store = createMemoryRecordStore();
    const registry = kept(store);
    await registry.create({ id: "a" }, { origin: "record" });
    store.put = () => Promise.reject(new Error("the disk is full"));
    store.delete = () => Promise.reject(new Error("the disk is full"));
    await expect(registry.create({ id: "b" }, { origin: "record" })).rejects.toThrow("the disk is full");
    await expect(registry.update("a", { id: "a", size: 2 })).rejects.toThrow("the disk is full");
    await expect(registry.delete("a")).rejects.toThrow("the disk is full");
    expect(registry.list().map(({ value }) => value)).toEqual([{ id: "a" }]);
  });
});

describe("changes that overlap", () => {
  test("of the same new id: the first is kept, here and in the store", async () => {
    const store = slowStore(createMemoryRecordStore());
    const registry = kept(store);
    const ends = await Promise.allSettled([
      registry.create({ id: "a", size: 1 }, { origin: "record" }),
      registry.create({ id: "a", size: 2 }, { origin: "record" }),
      registry.create({ id: "a", size: 3 }),
    ]);
    expect(ends).toMatchObject([
      { status: "fulfilled" },
      { status: "rejected", reason: { code: "already_exists" } },
      { status: "rejected", reason: { code: "already_exists" } },
    ]);
    expect(registry.get("a")).toEqual({ id: "a", size: 1 });
    expect(await store.get("thing", "a")).toEqual({ id: "a", size: 1 });
  });

  test("end with the same in the store as here", async () => {
    const store = slowStore(createMemoryRecordStore());
    const registry = kept(store);
    await registry.create({ id: "a" }, { origin: "record" });
    const ends = await Promise.allSettled([
      registry.update("a", { id: "a", size: 1 }),
      registry.update("a", { id: "a", size: 2 }),
      registry.delete("a"),
      registry.update("a", { id: "a", size: 3 }),
      registry.load(),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(registry.list()).toEqual([]);
    expect(await store.list("thing")).toEqual([]);
  });

  test("an id is free again after a create that failed", async () => {
    const store = slowStore(createMemoryRecordStore());
    const registry = kept(store);
    const { put } = store;
    store.put = () => Promise.reject(new Error("the disk is full"));
    await expect(registry.create({ id: "a" }, { origin: "record" })).rejects.toThrow("the disk is full");
    store.put = put;
    await registry.create({ id: "a" }, { origin: "record" });
    expect(await store.get("thing", "a")).toEqual({ id: "a" });
  });
});
