import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryRecordStore, createRuntime, defineChain, type Runtime, systemClock } from "@catenary/core";
import { ollama, ollamaType } from "@catenary/ollama";
import { openaiType } from "@catenary/openai";
import { sqliteStores } from "@catenary/sqlite";
import { expect, test } from "vitest";
import { createHttpHandler } from "../../src/create-http-handler.ts";
import { serveHttp } from "../../src/node/serve-http.ts";
import { type Talk, talkTo, textAt } from "../fixtures/talk-to.ts";

const task = { id: "n", handler: "noop", transition: { branches: [{ operator: "default", goto: "end" }] } };

const LISTS = [
  "GET /backends",
  "GET /models",
  "GET /groups",
  "GET /hooks/remote",
  "GET /taskchains",
  "GET /providers/configs",
  "GET /providers/openai/status",
  "GET /model-affinity/m/groups",
  "GET /model-affinity/internal_chat_group/models",
  "GET /backend-affinity/internal_chat_group/backends",
  "GET /supported",
];

/** What a process answers that begins with what a file holds, before and after a change. */
async function inProcess<T>(path: string, use: (talk: Talk) => Promise<T>): Promise<T> {
  const stores = sqliteStores({ path });
  const runtime = createRuntime({
    records: stores.records,
    backendTypes: [ollamaType, openaiType],
    fetch: () => Promise.reject(new TypeError("there is no network here")),
  });
  await prepared(runtime);
  const served = await serveHttp(createHttpHandler(runtime), { port: 0, graceMs: 50 });
  try {
    return await use(talkTo(served.url));
  } finally {
    await served.close();
    await runtime.close();
    await stores.close();
  }
}

/** With what a program registers before it serves. */
async function prepared(runtime: Runtime): Promise<void> {
  await runtime.models.load();
  if (runtime.models.entry("first") !== undefined) return;
  await runtime.models.create({ name: "first" }, { origin: "record" });
  await runtime.groups.update("internal_chat_group", {
    id: "internal_chat_group",
    name: "Chat",
    purpose: "Internal Chat",
    backends: [],
    models: ["first"],
  });
}

async function register(talk: Talk): Promise<void> {
  const backend = await talk("POST /backends", { name: "b", baseUrl: "http://127.0.0.1:1", type: "ollama" });
  for (const model of ["l", "m"]) await talk("POST /models", { model, contextLength: 1, canChat: true });
  await talk("PUT /models/l", { model: "k", contextLength: 2, canChat: true });
  await talk("POST /groups", { name: "g", purposeType: "p" });
  await talk("POST /model-affinity/internal_chat_group/models/m");
  await talk("POST /model-affinity/internal_chat_group/models/l");
  await talk("POST /model-affinity/internal_tasks_group/models/m");
  await talk(`POST /backend-affinity/internal_chat_group/backends/${textAt(backend.body, "id")}`);
  const hook = {
    name: "h",
    endpointUrl: "http://127.0.0.1:1",
    method: "POST",
    timeoutMs: 1,
    protocolType: "langserve",
  };
  await talk("POST /hooks/remote", { ...hook, headers: { a: "b" } });
  await talk("POST /taskchains", { id: "c", tasks: [task] });
  await talk("POST /taskchains", { id: "broken", tasks: [{ ...task, handler: "" }] });
  await talk("POST /providers/openai/configure", { apiKey: "key" });
}

test("all that was registered is there after a restart, with its ids, its order and its times", async () => {
  const folder = await mkdtemp(join(tmpdir(), "catenary-"));
  try {
    const path = join(folder, "catenary.db");
    const tell = async (talk: Talk) => Promise.all(LISTS.map(async (request) => (await talk(request)).body));
    const before = await inProcess(path, async (talk) => {
      await register(talk);
      return tell(talk);
    });
    const after = await inProcess(path, tell);
    expect(after).toEqual(before);
    expect(after[7]).toMatchObject([{ id: "internal_tasks_group" }, { id: "internal_chat_group" }]);
    expect(JSON.stringify(after)).toContain('"findings"');
    // What was there before anybody asked is the oldest.
    expect(after[1]).toMatchObject([{ id: "m" }, { id: "l" }, { id: "first" }]);
    expect(after[8]).toMatchObject([{ id: "l" }, { id: "m" }, { id: "first" }]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("what was registered before a restart can be used by the first request after it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "catenary-"));
  try {
    const path = join(folder, "catenary.db");
    await inProcess(path, register);
    await inProcess(path, async (talk) => {
      expect((await talk("DELETE /taskchains/c")).status).toBe(200);
      expect((await talk("POST /models", { model: "m", contextLength: 1, canChat: true })).status).toBe(409);
    });
    const again = await inProcess(path, (talk) => talk("GET /taskchains"));
    expect(again.body).toMatchObject([{ id: "broken" }]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("what the program brings is as old as its first start, whether a request came to that or not", async () => {
  const records = createMemoryRecordStore();
  const start = (now: number) => {
    const runtime = createRuntime({
      records,
      backends: [ollama({ id: "own", baseUrl: "http://127.0.0.1:2" })],
      models: [{ name: "m" }],
      groups: [{ id: "own", backends: ["own"], models: ["m"] }],
      chains: [defineChain({ id: "own", tasks: [{ id: "n", handler: "noop" }] })],
      fetch: () => Promise.reject(new TypeError("there is no network here")),
    });
    return createHttpHandler(runtime, { clock: { ...systemClock, now: () => now } });
  };
  const [first, second] = [start(Date.parse("2020-01-01T00:00:00Z")), start(Date.parse("2021-01-01T00:00:00Z"))];
  await first.load();
  for (const path of ["/backends", "/models", "/groups"]) {
    const text = await (await second(new Request(`http://localhost${path}`)))?.text();
    expect(text).toContain('"createdAt":"2020-');
    expect(text).not.toContain('"createdAt":"2021-');
  }
});
