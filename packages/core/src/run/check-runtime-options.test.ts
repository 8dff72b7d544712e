import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { createMemoryRecordStore } from "../store/memory-record-store.ts";
import { createMemoryRunStore } from "../store/memory-run-store.ts";
import { checkRuntimeOptions } from "./check-runtime-options.ts";

test("options of every kind are taken, and so are none", () => {
  checkRuntimeOptions({});
  checkRuntimeOptions({ backends: undefined, clock: undefined, stepBudget: undefined });
  const options = {
    backends: [scriptedBackend()],
    backendTypes: [{ type: "toy", open: () => scriptedBackend() }],
    chains: [],
    hooks: { outside: () => 1 },
    handlers: {},
    policies: [{ name: "mine", choose: ([first]: readonly unknown[]) => first }],
    groups: [],
    models: [],
    defaults: { model: "m" },
    store: createMemoryRunStore(),
    records: createMemoryRecordStore(),
    tokens: { count: () => 1 },
    stepBudget: 5,
    clock: createVirtualClock(),
    random: () => 0.5,
    ids: () => "id",
    logger: { log() {} },
    logText: true,
    pull: "missing",
    syncEveryMs: 10_000,
    fetch,
  };
  expect(() => checkRuntimeOptions(options)).not.toThrow();
});

test("console is no logger, and the message says what is missing", () => {
  expect(() => checkRuntimeOptions({ logger: { info() {} } })).toThrow(
    expect.objectContaining({ code: "settings_invalid", message: expect.stringMatching(/`logger`.*`log`.*missing/) }),
  );
});

test.each<readonly [unknown, RegExp]>([
  [{ pull: true }, /`pull` to be "missing" or "never"; got a boolean/],
  [{ pull: "always" }, /`pull` to be "missing" or "never"; got "always"/],
  [{ syncEveryMs: 0 }, /`syncEveryMs`.*at least 100; got 0/],
  [{ syncEveryMs: Number.NaN }, /`syncEveryMs`.*got NaN/],
  [{ syncEveryMs: "10s" }, /`syncEveryMs`.*got a string/],
])("what is to happen in the background is said in one way: %j", (options, message) => {
  expect(() => checkRuntimeOptions(options)).toThrow(
    expect.objectContaining({ code: "settings_invalid", message: expect.stringMatching(message) }),
  );
});

test("a word is no yes: text is only logged where `logText` is true", () => {
  expect(() => checkRuntimeOptions({ logText: "no" })).toThrow(
    expect.objectContaining({ code: "settings_invalid", message: expect.stringMatching(/`logText`.*got a string/) }),
  );
});

test.each<readonly [unknown, RegExp]>([
  [{ model: 5 }, /`defaults\.model` to be a string; got a number/],
  [{ provider: ["ollama"] }, /`defaults\.provider` to be a string; got an array/],
  [{ contextLength: "4096" }, /`defaults\.contextLength` to be a number of tokens above 0; got a string/],
  [{ contextLength: 0 }, /`defaults\.contextLength`.*above 0; got 0/],
  [{ chat: 3 }, /`defaults\.chat` to be an object such as \{ model \}; got a number/],
  [{ embedding: [] }, /`defaults\.embedding` to be an object.*got an array/],
  [{ chat: { model: null } }, /`defaults\.chat\.model` to be a string; got null/],
  [{ embedding: { contextLength: -1 } }, /`defaults\.embedding\.contextLength`.*got -1/],
])("defaults of another shape are refused: %j", (defaults, message) => {
  expect(() => checkRuntimeOptions({ defaults })).toThrow(
    expect.objectContaining({ code: "settings_invalid", message: expect.stringMatching(message) }),
  );
});

test("defaults may say any of their parts", () => {
  const defaults = { model: "m", chat: { provider: "ollama" }, embedding: { contextLength: 512 } };
  expect(() => checkRuntimeOptions({ defaults })).not.toThrow();
});
