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
    fetch,
  };
  expect(() => checkRuntimeOptions(options)).not.toThrow();
});

test("console is no logger, and the message says what is missing", () => {
  expect(() => checkRuntimeOptions({ logger: { info() {} } })).toThrow(
    expect.objectContaining({ code: "settings_invalid", message: expect.stringMatching(/`logger`.*`log`.*missing/) }),
  );
});
