import { createMemoryRecordStore, createRuntime, type Fetch, type Runtime, remoteHook } from "@catenary/core";
import { geminiType } from "@catenary/gemini";
import { ollamaType } from "@catenary/ollama";
import { openaiType, vllmType } from "@catenary/openai";
import { type Served, serve } from "@catenary/testing/node";
import { createHttpHandler } from "../../src/create-http-handler.ts";
import { type ServedHttp, serveHttp } from "../../src/node/serve-http.ts";
import { FakeHookServer } from "./fake-hook-server.ts";
import { FakeModelServer } from "./fake-model-server.ts";
import type { RecordedSequence } from "./recorded-sequence.ts";

/** What the recordings were made in: a served runtime, one backend in its three groups, and a server of hooks. */
export interface World extends AsyncDisposable {
  readonly url: string;
  /** Resolves when the runtime has looked at everything that was changed. */
  settle(): Promise<unknown>;
  readonly models: FakeModelServer;
  readonly hooks: FakeHookServer;
  readonly modelsUrl: string;
  readonly hooksUrl: string;
}

export async function createWorld(sequence: RecordedSequence): Promise<World> {
  const models = new FakeModelServer();
  const hooks = new FakeHookServer(sequence);
  const [modelsServed, hooksServed] = await Promise.all([serve(models.handle), serve(hooks.handle)]);
  const records = createMemoryRecordStore();
  const runtime = createRuntime({
    records,
    fetch: onlyHere,
    backendTypes: [ollamaType, vllmType, openaiType, geminiType],
    pull: "missing",
    defaults: {
      model: "phi3:3.8b",
      provider: "ollama",
      contextLength: 2048,
      embedding: { model: "nomic-embed-text:latest", provider: "ollama", contextLength: 2048 },
    },
    hooks: Object.fromEntries(
      (sequence.hooks ?? []).map(({ name }) => [
        name,
        remoteHook({ protocol: "langserve", url: `${hooksServed.url}/hook` }),
      ]),
    ),
    tokens: { count: (text) => text.split(/\s+/).filter((word) => word !== "").length },
  });
  const served = await serveHttp(createHttpHandler(runtime, { records }), { port: 0, graceMs: 50 });
  await furnish(runtime, modelsServed.url);
  return {
    url: served.url,
    settle: () => runtime.sync(),
    models,
    hooks,
    modelsUrl: modelsServed.url,
    hooksUrl: hooksServed.url,
    [Symbol.asyncDispose]: () => close(served, runtime, [modelsServed, hooksServed]),
  };
}

/** As they were declared and assigned, in that order. */
const MODELS = [
  { name: "nomic-embed-text:latest", can: "embed", groups: ["internal_embed_group"] },
  { name: "phi3:3.8b", can: "chat", groups: ["internal_tasks_group", "internal_chat_group"] },
  { name: "smollm2:135m", can: "chat", groups: ["internal_tasks_group", "internal_chat_group"] },
] as const;

/** The servers of providers are not there. */
const onlyHere: Fetch = async (input, init) => {
  const { hostname } = new URL(input instanceof Request ? input.url : input);
  if (hostname !== "127.0.0.1") throw new TypeError(`there is no network to ${hostname}`);
  return fetch(input, init);
};

async function furnish(runtime: Runtime, baseUrl: string): Promise<void> {
  const id = crypto.randomUUID();
  await runtime.backends.create(runtime.openBackend({ type: "ollama", id, name: "fake", baseUrl }), {
    origin: "record",
  });
  for (const { name, can } of MODELS) {
    const capabilities = { chat: can === "chat", prompt: can === "chat", embed: can === "embed" };
    await runtime.models.create({ name, contextLength: 2048, capabilities }, { origin: "record" });
  }
  for (const { id: groupId, value } of runtime.groups.list()) {
    const models = MODELS.filter(({ groups }) => groups.some((group) => group === groupId)).map(({ name }) => name);
    await runtime.groups.update(groupId, { ...value, backends: [...value.backends, id], models });
  }
  await runtime.sync();
}

async function close(served: ServedHttp, runtime: Runtime, servers: readonly Served[]): Promise<void> {
  await served.close();
  await runtime.close();
  await Promise.all(servers.map((server) => server.close()));
}
