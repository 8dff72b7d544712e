import { expect, test } from "vitest";
import { createRuntime } from "../create-runtime.ts";
import { CatenaryError } from "../errors/catenary-error.ts";
import type { BackendSettings, BackendType } from "../model/backend-type.ts";
import { createMemoryRecordStore } from "../store/memory-record-store.ts";
import type { Fetch } from "../surroundings/fetch.ts";

const opened: BackendSettings[] = [];
const toy: BackendType = {
  type: "toy",
  open(settings) {
    opened.push(settings);
    return {
      id: settings.id,
      type: "toy",
      listModels: async () => [],
      languageModel: (modelId) => {
        throw new CatenaryError("not_expected", `nobody asks for ${modelId} here`);
      },
    };
  },
};
const record = { type: "toy", id: "one", baseUrl: "http://127.0.0.1:1", apiKey: "k" };

test("a backend opened from a record is opened again after a restart", async () => {
  const records = createMemoryRecordStore();
  const first = createRuntime({ backendTypes: [toy], records });
  await first.backends.create(first.openBackend(record), { origin: "record" });
  const second = createRuntime({ backendTypes: [toy], records });
  await second.sync();
  expect(second.backends.entry("one")).toMatchObject({ id: "one", origin: "record", value: { type: "toy" } });
  expect(opened.at(-1)).toEqual({ id: "one", baseUrl: "http://127.0.0.1:1", apiKey: "k" });
});

test("one of which that is said sends to public addresses only, also after a restart, and its type need not know", async () => {
  const sent: unknown[] = [];
  const fetches: (Fetch | undefined)[] = [];
  const holding: BackendType = {
    type: "toy",
    open(settings, { fetch }) {
      fetches.push(fetch);
      return toy.open(settings, {});
    },
  };
  const fetch: Fetch = async (_input, init) => {
    sent.push({ ...init });
    return new Response();
  };
  const records = createMemoryRecordStore();
  const options = { backendTypes: [holding], records, fetch };
  const first = createRuntime(options);
  await first.backends.create(first.openBackend({ ...record, addresses: "public" }), { origin: "record" });
  await createRuntime(options).sync();
  for (const one of fetches) await one?.("http://a.test", { method: "POST" });
  expect(sent).toEqual([1, 2].map(() => ({ method: "POST", addresses: "public" })));
  expect(opened.at(-1)).not.toHaveProperty("addresses");
});

test("a backend made by code cannot be kept as a record, and the error says so", async () => {
  const runtime = createRuntime({ backendTypes: [toy] });
  const byCode = toy.open({ id: "code" }, { fetch });
  await expect(runtime.backends.create(byCode, { origin: "record" })).rejects.toMatchObject({ code: "invalid_entry" });
});

test("an unknown type names those that there are", () => {
  const runtime = createRuntime({ backendTypes: [toy] });
  expect(() => runtime.openBackend({ type: "toyy", id: "x" })).toThrow(
    /no backend type "toyy"; there are: toy. Did you mean toy\? Give types/,
  );
  expect(() => createRuntime().openBackend({ type: "toyy", id: "x" })).toThrow(/none was given\. Give types/);
});

test("a record whose type is not known is left in the store", async () => {
  const records = createMemoryRecordStore();
  await records.put("backend", "one", record);
  const runtime = createRuntime({ records });
  await runtime.sync();
  expect(runtime.backends.list()).toEqual([]);
  expect(await records.get("backend", "one")).toEqual(record);
});
