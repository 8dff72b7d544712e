import { createRuntime, type Runtime, remoteHook } from "@catenary/core";
import { ollamaType } from "@catenary/ollama";
import { vllmType } from "@catenary/openai";
import { type Served, serve } from "@catenary/testing/node";
import { createHttpHandler } from "../../src/create-http-handler.ts";
import { type ServedHttp, serveHttp } from "../../src/node/serve-http.ts";
import { FakeHookServer } from "./fake-hook-server.ts";
import { FakeModelServer } from "./fake-model-server.ts";
import type { RecordedSequence } from "./recorded-sequence.ts";

/** What the recordings were made in: a served runtime, one backend in its three groups, and a server of hooks. */
export interface World extends AsyncDisposable {
  readonly url: string;
  readonly runtime: Runtime;
  readonly models: FakeModelServer;
  readonly hooks: FakeHookServer;
  readonly modelsUrl: string;
  readonly hooksUrl: string;
}

export async function createWorld(sequence: RecordedSequence): Promise<World> {
  const models = new FakeModelServer();
  const hooks = new FakeHookServer(sequence);
  const [modelsServed, hooksServed] = await Promise.all([serve(models.handle), serve(hooks.handle)]);
  const runtime = createRuntime({
    backendTypes: [ollamaType, vllmType],
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
  const served = await serveHttp(createHttpHandler(runtime), { port: 0, graceMs: 50 });
  await furnish(runtime, modelsServed.url);
  return {
    url: served.url,
    runtime,
    models,
    hooks,
    modelsUrl: modelsServed.url,
    hooksUrl: hooksServed.url,
    [Symbol.asyncDispose]: () => close(served, runtime, [modelsServed, hooksServed]),
  };
}

async function furnish(runtime: Runtime, baseUrl: string): Promise<void> {
  const id = crypto.randomUUID();
  await runtime.backends.create(runtime.openBackend({ type: "ollama", id, name: "fake", baseUrl }), {
    origin: "record",
  });
  for (const { value } of runtime.groups.list())
    await runtime.groups.update(value.id, { ...value, backends: [...value.backends, id] });
  await runtime.sync();
}

async function close(served: ServedHttp, runtime: Runtime, servers: readonly Served[]): Promise<void> {
  await served.close();
  await runtime.close();
  await Promise.all(servers.map((server) => server.close()));
}
