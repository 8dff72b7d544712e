import { createMemoryRecordStore, createRuntime, type RuntimeOptions } from "@catenary/core";
import { ollama, ollamaType } from "@catenary/ollama";
import { expect, onTestFinished, test } from "vitest";
import { bootstrapOllama } from "./bootstrap-ollama.ts";
import { declareModels } from "./declare-models.ts";

const URL = "http://127.0.0.1:9";
const GROUPS = ["internal_embed_group", "internal_tasks_group", "internal_chat_group"];

function open(options: RuntimeOptions = {}) {
  const runtime = createRuntime({ backendTypes: [ollamaType], ...options });
  onTestFinished(() => runtime.close());
  const lines: object[] = [];
  const logger = {
    log: (level: string, event: string, fields: object) => void lines.push({ level, event, ...fields }),
  };
  const tell = (url: string, id: string) => bootstrapOllama(runtime, url, () => id, logger);
  const members = () => GROUPS.map((id) => runtime.groups.require(id).backends);
  return { runtime, members, tell, lines };
}

test("an Ollama is registered once, in the three groups, however often it is told", async () => {
  const { runtime, members, tell } = open();
  expect(await tell(URL, "first")).toBe("first");
  expect(await tell(`${URL}/`, "second")).toBe("first");
  expect(runtime.backends.list()).toMatchObject([{ id: "first", origin: "record", value: { name: "local-ollama" } }]);
  expect(members()).toEqual([["first"], ["first"], ["first"]]);
});

test("one that is there by another name, or that code brought, is the one that is meant", async () => {
  const { runtime, members, tell } = open({ backends: [ollama({ id: "mine", baseUrl: URL })] });
  expect(await tell(URL, "other")).toBe("mine");
  expect(runtime.backends.list()).toHaveLength(1);
  expect(members()).toEqual([["mine"], ["mine"], ["mine"]]);
});

test("an address that another backend has is used there, and the log says what stays where it was", async () => {
  const { runtime, members, tell, lines } = open();
  await tell("http://127.0.0.1:8", "first");
  const mine = runtime.openBackend({ type: "ollama", id: "mine", name: "My own", baseUrl: URL });
  await runtime.backends.create(mine, { origin: "record" });
  expect(await tell(URL, "other")).toBe("mine");
  expect(runtime.backends.list()).toMatchObject([
    { id: "first", value: { baseUrl: "http://127.0.0.1:8" } },
    { id: "mine", value: { name: "My own" } },
  ]);
  expect(members()).toEqual(GROUPS.map(() => ["first", "mine"]));
  expect(lines).toEqual([
    expect.objectContaining({
      level: "warn",
      event: "backend_kept",
      backend: "first",
      baseUrl: "http://127.0.0.1:8",
      used: "My own",
      why: expect.stringContaining("DELETE /backends/first"),
    }),
  ]);
});

test("an address of the environment may be private, whoever registered it before, and what else was said of it stays", async () => {
  const { runtime, tell } = open();
  const record = { type: "ollama", id: "guest's", name: "g", baseUrl: URL, headers: { a: "b" } };
  await runtime.backends.create(runtime.openBackend({ ...record, addresses: "public" }), { origin: "record" });
  expect(await tell(URL, "other")).toBe("guest's");
  expect(await runtime.records.get("backend", "guest's")).toEqual(record);
});

test("an address is the same however it is written, and another one takes the place of the old", async () => {
  const { runtime, tell, lines } = open();
  await tell(URL, "first");
  expect(await tell("127.0.0.1:9", "second")).toBe("first");
  expect(await tell("HTTP://127.0.0.1:7/", "second")).toBe("first");
  expect(runtime.backends.list()).toMatchObject([{ id: "first", value: { baseUrl: "http://127.0.0.1:7" } }]);
  expect(lines).toEqual([]);
});

test("what else is in the groups stays, and a group of the program's is not changed", async () => {
  const { runtime, members, tell } = open({ groups: [{ id: "internal_chat_group", backends: ["other"] }] });
  await runtime.groups.update("internal_tasks_group", { id: "internal_tasks_group", backends: ["before"] });
  await tell(URL, "new");
  expect(members()).toEqual([["new"], ["before", "new"], ["other"]]);
});

test("models of two roles are one, with both of them; a later start tells nothing twice", async () => {
  const records = createMemoryRecordStore();
  const defaults = { model: "m", contextLength: 8, chat: { model: "m", contextLength: 8 }, embedding: { model: "e" } };
  for (const _start of ["first", "second"]) {
    const { runtime } = open({ records });
    await Promise.all([runtime.models.load(), runtime.groups.load()]);
    await declareModels(runtime, defaults);
    expect(runtime.models.list().map(({ value }) => value)).toEqual([
      { name: "e", capabilities: { embed: true } },
      { name: "m", contextLength: 8, capabilities: { prompt: true, chat: true } },
    ]);
    expect(GROUPS.map((id) => runtime.groups.require(id).models)).toEqual([["e"], ["m"], ["m"]]);
  }
});

test("a model that code declares stays as it is", async () => {
  const { runtime } = open({ models: [{ name: "m", contextLength: 4 }] });
  await declareModels(runtime, { model: "m", contextLength: 8 });
  expect(runtime.models.get("m")).toEqual({ name: "m", contextLength: 4 });
});
