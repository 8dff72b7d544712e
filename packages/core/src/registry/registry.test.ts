import { describe, expect, test, vi } from "vitest";
import { slowStore } from "../../../testing/tests/slow-store.ts";
import { createMemoryRecordStore } from "../store/memory-record-store.ts";
import type { RecordStore } from "../store/record-store.ts";
import { plainRecords } from "./record-codecs.ts";
import { Registry, type RegistryOptions } from "./registry.ts";

interface Thing {
  readonly id: string;
  readonly size?: number;
}

function registryOf(values: readonly Thing[] = [], more: Partial<RegistryOptions<Thing>> = {}): Registry<Thing> {
  return new Registry<Thing>({ noun: "thing", idOf: ({ id }) => id, ...more }, values);
}

function kept(store: RecordStore, values: readonly Thing[] = []): Registry<Thing> {
  return registryOf(values, { records: plainRecords<Thing>(store, "thing") });
}

const refused = (code: string) => expect.objectContaining({ name: "RegistryError", code });

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

describe("looking up", () => {
  test("gives values by id and lists them in the order in which they were added", async () => {
    const registry = registryOf([{ id: "b" }, { id: "a" }]);
    await registry.create({ id: "c" });
    expect(registry.list().map(({ id }) => id)).toEqual(["b", "a", "c"]);
    expect(registry.get("a")).toEqual({ id: "a" });
    expect(registry.entry("c")).toEqual({ id: "c", origin: "code", value: { id: "c" } });
    expect(registry.require("b")).toEqual({ id: "b" });
    expect(registry.get("nobody")).toBeUndefined();
    expect(registry.entry("nobody")).toBeUndefined();
  });

  test("an id that nobody has is an error with those that there are, and the one that was meant", () => {
    const registry = registryOf([{ id: "first" }, { id: "second" }]);
    expect(() => registry.require("frist")).toThrow(
      expect.objectContaining({
        code: "not_found",
        details: { noun: "thing", id: "frist" },
        message: expect.stringMatching(/no thing.*"frist".*first, second.*Did you mean first\?/),
      }),
    );
    expect(() => registryOf().require("x")).toThrow(
      expect.objectContaining({ message: expect.stringContaining("no thing at all") }),
    );
  });

  test("names that every object has are ids like others", () => {
    expect(registryOf().get("__proto__")).toBeUndefined();
    expect(registryOf([{ id: "constructor" }]).get("constructor")).toEqual({ id: "constructor" });
  });
});

describe("changing", () => {
  test("creating refuses an id that is taken", async () => {
    const registry = registryOf([{ id: "a" }]);
    await expect(registry.create({ id: "a" })).rejects.toThrow(refused("already_exists"));
    expect(() => registryOf([{ id: "a" }, { id: "a" }])).toThrow(refused("already_exists"));
  });

  test("creating by code can be seen at once", () => {
    const registry = registryOf();
    void registry.create({ id: "a" });
    expect(registry.get("a")).toEqual({ id: "a" });
  });

  test("updating replaces the value, in its place", async () => {
    const registry = registryOf([{ id: "a" }, { id: "b" }]);
    expect(await registry.update("a", { id: "a", size: 2 })).toEqual({
      id: "a",
      origin: "code",
      value: { id: "a", size: 2 },
    });
    expect(registry.list().map(({ value }) => value)).toEqual([{ id: "a", size: 2 }, { id: "b" }]);
  });

  test("updating refuses an id that nobody has, and a value with another id", async () => {
    const registry = registryOf([{ id: "a" }]);
    await expect(registry.update("b", { id: "b" })).rejects.toThrow(refused("not_found"));
    await expect(registry.update("a", { id: "b" })).rejects.toThrow(refused("invalid_entry"));
    expect(registry.list()).toHaveLength(1);
  });

  test("deleting removes the entry, once", async () => {
    const registry = registryOf([{ id: "a" }]);
    await registry.delete("a");
    expect(registry.list()).toEqual([]);
    await expect(registry.delete("a")).rejects.toThrow(refused("not_found"));
  });

  test("every change is told and gives another version, and a refused one does not", async () => {
    const onChange = vi.fn();
    const registry = registryOf([], { onChange });
    const versions = new Set([registry.version]);
    await registry.create({ id: "a" });
    versions.add(registry.version);
    await registry.update("a", { id: "a", size: 1 });
    versions.add(registry.version);
    await registry.create({ id: "a" }).catch(() => {});
    versions.add(registry.version);
    await registry.delete("a");
    versions.add(registry.version);
    expect(onChange).toHaveBeenCalledTimes(3);
    expect(versions.size).toBe(4);
  });
});

describe("what is no entry", () => {
  test.each([
    ["null", null, "null"],
    ["undefined", undefined, "missing"],
    ["a number", 5, "a number"],
    ["a function", () => {}, "a function"],
    ["an object without an id", {}, "missing"],
    ["an empty id", { id: "" }, "an empty one"],
    ["a number as id", { id: 5 }, "a number"],
    ["a bigint as id", { id: 5n }, "a bigint"],
    ["an object as id", { id: {} }, "an object"],
  ])("%s is refused, and the message says what came", async (_, value, came) => {
    // Safe: a value of another type is what is tested.
    const given = value as unknown as Thing;
    const error = expect.objectContaining({ code: "invalid_entry", message: expect.stringContaining(`got ${came}`) });
    await expect(registryOf().create(given)).rejects.toThrow(error);
    await expect(registryOf([{ id: "a" }]).update("a", given)).rejects.toThrow(error);
    expect(() => registryOf([given])).toThrow(error);
  });

  test("an id that is no text is found nowhere", async () => {
    const registry = registryOf([{ id: "a" }]);
    for (const id of [5, 5n, null, undefined, {}, Symbol("a")]) {
      // Safe: an id of another type is what is tested.
      await expect(registry.delete(id as unknown as string)).rejects.toThrow(refused("not_found"));
    }
  });

  test("what a check refuses does not come in", async () => {
    const registry = registryOf([], {
      check: ({ size }) => {
        if (size === undefined) throw new RangeError("no size");
      },
    });
    await expect(registry.create({ id: "a" })).rejects.toThrow("no size");
    await registry.create({ id: "a", size: 1 });
    await expect(registry.update("a", { id: "a" })).rejects.toThrow("no size");
    expect(registry.get("a")).toEqual({ id: "a", size: 1 });
  });
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

describe("what is internal", () => {
  const internal = [{ id: "mine" }, { id: "other" }];
  const registryWith = (store: RecordStore, values: readonly Thing[] = []) =>
    registryOf(values, { internal, records: plainRecords<Thing>(store, "thing") });

  test("is there without anybody having given it, unless the program gives its own", () => {
    expect(registryOf([{ id: "mine", size: 1 }], { internal }).list()).toEqual([
      { id: "mine", origin: "code", value: { id: "mine", size: 1 } },
      { id: "other", origin: "internal", value: { id: "other" } },
    ]);
  });

  test("cannot be deleted or made again", async () => {
    const registry = registryOf([], { internal });
    await expect(registry.delete("mine")).rejects.toEqual(refused("internal_entry"));
    await expect(registry.create({ id: "mine" })).rejects.toEqual(refused("already_exists"));
    expect(registry.get("mine")).toEqual({ id: "mine" });
  });

  test("can be changed, and the change is there in the next process", async () => {
    const store = createMemoryRecordStore();
    await registryWith(store).update("mine", { id: "mine", size: 3 });
    const next = registryWith(store);
    await next.load();
    expect(next.entry("mine")).toEqual({ id: "mine", origin: "internal", value: { id: "mine", size: 3 } });
    expect(next.get("other")).toEqual({ id: "other" });
  });

  test("is what it was as soon as its record is gone", async () => {
    const store = createMemoryRecordStore();
    const registry = registryWith(store);
    await registry.update("mine", { id: "mine", size: 3 });
    await store.delete("thing", "mine");
    await registry.load();
    expect(registry.entry("mine")).toEqual({ id: "mine", origin: "internal", value: { id: "mine" } });
    const { version } = registry;
    await registry.load();
    expect(registry.version).toBe(version);
  });

  test("can be changed where nothing is kept, for as long as the registry lives", async () => {
    const registry = registryOf([], { internal });
    await registry.update("mine", { id: "mine", size: 3 });
    expect(registry.entry("mine")).toMatchObject({ origin: "internal", value: { size: 3 } });
  });
});
