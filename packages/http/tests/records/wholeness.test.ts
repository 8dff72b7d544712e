import { createMemoryRecordStore, type Json, type RecordStore } from "@catenary/core";
import { geminiType } from "@catenary/gemini";
import { ollamaType } from "@catenary/ollama";
import { openaiType } from "@catenary/openai";
import { expect, test } from "vitest";
import { serveRuntime } from "../fixtures/serve-runtime.ts";
import { type Talk, talkTo, textAt } from "../fixtures/talk-to.ts";

/** The same records, until the disk is full: the changes after the first so many fail. */
function withRoomFor(writes: number, records: RecordStore): RecordStore {
  let left = writes;
  const write = <T>(change: () => T): T => {
    if (left-- <= 0) throw new Error("no room");
    return change();
  };
  return {
    list: (kind) => records.list(kind),
    get: (kind, id) => records.get(kind, id),
    put: (kind, id, value) => write(() => records.put(kind, id, value)),
    delete: (kind, id) => write(() => records.delete(kind, id)),
    change: (changes) => write(() => records.change(changes)),
  };
}

function served(records: RecordStore) {
  return serveRuntime({ runtime: { records, backendTypes: [ollamaType, openaiType, geminiType] } });
}

const hook = { name: "h", endpointUrl: "http://127.0.0.1:9", method: "POST", timeoutMs: 9, protocolType: "langserve" };
const chain = { id: "c", tasks: [{ id: "a", handler: "noop", transition: { branches: [] } }] };

/** Something of everything, with one of each in two groups. */
async function furnish(
  talk: Talk,
): Promise<{ readonly backend: string; readonly group: string; readonly hook: string }> {
  const made = async (request: string, body: unknown) => textAt((await talk(request, body)).body, "id");
  const backend = await made("POST /backends", { name: "b", baseUrl: "http://127.0.0.1:9", type: "ollama" });
  const group = await made("POST /groups", { name: "g", purposeType: "p" });
  await made("POST /models", { model: "m", contextLength: 9, canChat: true });
  for (const id of [group, "internal_chat_group"]) {
    await talk(`POST /backend-affinity/${id}/backends/${backend}`);
    await talk(`POST /model-affinity/${id}/models/m`);
  }
  await made("POST /models", { model: "free", contextLength: 9, canChat: true });
  await made("POST /taskchains", chain);
  await talk("POST /providers/openai/configure", { apiKey: "first" });
  return { backend, group, hook: await made("POST /hooks/remote", hook) };
}

const VIEWS = [
  "/backends",
  "/models",
  "/groups",
  "/hooks/remote",
  "/taskchains",
  "/providers/configs",
  "/supported",
  "/backend-affinity/internal_chat_group/backends",
  "/model-affinity/internal_chat_group/models",
];

/** All that is there, without times: what nobody made over HTTP counts as made when the process began. */
async function seen(talk: Talk, group: string): Promise<Json> {
  const own = [`/model-affinity/${group}/models`, `/backend-affinity/${group}/backends`];
  const views = await Promise.all([...VIEWS, ...own].map(async (path) => [path, (await talk(`GET ${path}`)).body]));
  return JSON.parse(JSON.stringify(views), (key, value) => (key.endsWith("At") ? undefined : value));
}

test.for<[request: string, body?: Json]>([
  ["PUT /models/m", { model: "renamed", contextLength: 5, canChat: true }],
  ["PUT /hooks/remote/{hook}", { ...hook, name: "renamed" }],
  ["DELETE /models/m"],
  ["DELETE /backends/{backend}"],
  ["PUT /backends/{backend}", { name: "n", baseUrl: "http://127.0.0.1:8", type: "ollama" }],
  ["DELETE /groups/{group}"],
  ["POST /model-affinity/{group}/models/free"],
  ["DELETE /model-affinity/{group}/models/m"],
  ["POST /models", { model: "new", contextLength: 9, canChat: true }],
  ["POST /providers/gemini/configure", { apiKey: "other" }],
  ["DELETE /providers/openai/config"],
  ["POST /taskchains", { ...chain, tasks: [{ id: "a", handler: "nonsense" }] }],
  ["DELETE /taskchains/c"],
])("%s is made whole or not at all, whenever the disk fails", async ([request, body]) => {
  const outcomes: number[] = [];
  for (let writes = 0; writes < 20; writes++) {
    const records = createMemoryRecordStore();
    const made = await (async () => {
      await using first = await served(records);
      return await furnish(talkTo(first.url));
    })();
    const filled = request.replace(/\{(backend|group|hook)\}/, (_whole, name: keyof typeof made) => made[name]);
    let shown: Json;
    let before: Json;
    {
      await using second = await served(withRoomFor(writes, records));
      const talk = talkTo(second.url);
      before = await seen(talk, made.group);
      outcomes.push((await talk(filled, body)).status);
      shown = await seen(talk, made.group);
    }
    await using third = await served(records);
    const found = await seen(talkTo(third.url), made.group);
    expect(found).toEqual(shown);
    if ((outcomes.at(-1) ?? 0) >= 500) expect(shown).toEqual(before);
    else {
      expect(shown).not.toEqual(before);
      break;
    }
  }
  expect(outcomes.slice(0, -1).every((status) => status === 500)).toBe(true);
  expect(outcomes.length).toBeGreaterThan(1);
  expect(outcomes.at(-1)).toBeLessThan(300);
});
