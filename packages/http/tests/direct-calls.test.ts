import { type BackendModel, createRuntime, type RuntimeOptions } from "@catenary/core";
import { type ScriptedError, scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { createHttpHandler } from "../src/create-http-handler.ts";
import { postJson } from "./fixtures/post-json.ts";
import { serveRuntime } from "./fixtures/serve-runtime.ts";

const MODELS = [
  { id: "m", capabilities: { chat: true, prompt: true } },
  { id: "e", capabilities: { embed: true } },
] as const;

async function call(runtime: RuntimeOptions, path: string, body?: unknown) {
  await using served = await serveRuntime({ runtime });
  const url = `${served.url}${path}`;
  const response = await (body === undefined ? fetch(url) : postJson(url, body));
  return { status: response.status, body: await response.json() };
}

test("a prompt is answered untrimmed, by the model that is named, whatever the case of the names", async () => {
  const backend = scriptedBackend({ id: "s", replies: ["  hi \n"], models: MODELS });
  const { status, body } = await call({ backends: [backend] }, "/execute", { Prompt: "say hi", MODEL_NAME: "m" });
  expect(status).toBe(200);
  expect(body).toMatchObject({ id: expect.any(String), response: "  hi \n", model: "m", backend: "s" });
  expect(backend.calls[0]).toMatchObject({ kind: "generate", model: "m", options: { temperature: 0.1 } });
});

test("a prompt that no model can answer is a 500 that says what to do", async () => {
  const { status, body } = await call({}, "/execute", { prompt: "hi" });
  expect(status).toBe(500);
  expect(body).toMatchObject({ error: { type: "api_error", message: expect.stringContaining("backend") } });
});

test("a prompt whose answer was cut off is a 500 that says so", async () => {
  const replies = [{ text: "Once upon", finishReason: "length" as const }];
  const { status, body } = await call({ backends: [scriptedBackend({ replies, models: MODELS })] }, "/execute", {
    prompt: "Tell me a story",
  });
  expect(status).toBe(500);
  expect(body).toMatchObject({ error: { message: expect.stringContaining("reached the limit of tokens") } });
});

test("no prompt is a 400", async () => {
  expect((await call({}, "/execute", { prompt: "" })).status).toBe(400);
  expect((await call({}, "/execute", {})).status).toBe(400);
});

test("a text is embedded; without a text, or where no model embeds, it is a 422; what fails behind the runtime is its own fault", async () => {
  const backends = [scriptedBackend({ id: "s", replies: [{ embedding: [0.5, -1] }], models: MODELS })];
  expect(await call({ backends }, "/embed", { text: "x" })).toEqual({
    status: 200,
    body: { vector: [0.5, -1], model: "e", backend: "s" },
  });
  expect((await call({ backends }, "/embed", {})).status).toBe(422);
  const mute = [{ id: "m", capabilities: { chat: true, embed: false } }];
  expect((await call({ backends: [scriptedBackend({ models: mute })] }, "/embed", { text: "x" })).status).toBe(422);
  const failing = (error: ScriptedError) => ({ backends: [scriptedBackend({ replies: [{ error }], models: MODELS })] });
  for (const [error, status, code] of [
    [{ status: 500 }, 502, "upstream_error"],
    [{ status: 429 }, 429, "rate_limit_exceeded"],
    [{ status: 401 }, 502, "upstream_credentials"],
    [{}, 502, "upstream_unreachable"],
  ] as const)
    expect(await call(failing(error), "/embed", { text: "x" })).toMatchObject({ status, body: { error: { code } } });
  expect((await call({}, "/embed", { text: "x" })).status).toBe(503);
});

test("the default embedding model is told, or the only one that there is", async () => {
  const found = await call({ defaults: { embedding: { model: "e" } } }, "/defaultmodel");
  expect(found).toEqual({ status: 200, body: { modelName: "e" } });
  expect((await call({}, "/defaultmodel")).status).toBe(404);
  const [chat, one, other] = [
    { id: "m", capabilities: { chat: true } },
    { id: "e", capabilities: { embed: true } },
    { id: "f", capabilities: { embed: true } },
  ];
  const of = (models: readonly BackendModel[]) => call({ backends: [scriptedBackend({ models })] }, "/defaultmodel");
  expect(await of([chat, one])).toEqual({ status: 200, body: { modelName: "e" } });
  expect(await of([chat])).toMatchObject({ status: 404 });
  expect(await of([one, other])).toMatchObject({
    status: 404,
    body: { error: { message: expect.stringContaining("any of e, f") } },
  });
});

test("the hooks are told, those that came later too", async () => {
  const runtime = createRuntime({ hooks: { first: () => 1 } });
  const handler = createHttpHandler(runtime);
  const names = async () => (await handler(new Request("http://localhost/supported")))?.json();
  expect(await names()).toEqual(["first"]);
  await runtime.hooks.create({ name: "second", hook: () => 2 });
  expect(await names()).toEqual(["first", "second"]);
});
