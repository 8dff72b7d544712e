import { describe, expect, test, vi } from "vitest";
import { refused, registryOf, type Thing } from "../../tests/fixtures/things.ts";
import { createMemoryRecordStore } from "../store/memory-record-store.ts";
import type { RecordStore } from "../store/record-store.ts";
import { plainRecords } from "./record-codecs.ts";

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
