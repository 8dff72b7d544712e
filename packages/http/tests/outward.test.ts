import { ollamaType } from "@catenary/ollama";
import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { serveRuntime } from "./fixtures/serve-runtime.ts";
import { talkTo, textAt } from "./fixtures/talk-to.ts";

const messageOf = (body: unknown) => JSON.stringify(body);

test("who sends requests is told what can be done by request, and not what to write in the program", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const ask = { messages: [{ role: "user", content: "q" }] };
  for (const [line, body] of [
    ["POST /execute", { prompt: "q" }],
    ["POST /v1/chat/completions", ask],
    ["POST /v1/chat/completions", { ...ask, stream: true }],
    [
      "POST /tasks",
      { input: "q", inputType: "string", chain: { id: "c", tasks: [{ id: "a", handler: "raw_string" }] } },
    ],
  ] as const) {
    const told = messageOf((await talk(line, body)).body);
    expect(told).toContain("register one with POST /backends");
    expect(told).not.toContain("createRuntime(");
  }
});

test("what a model is not known to do can be declared by request, as the error says", async () => {
  await using served = await serveRuntime({
    runtime: { backends: [scriptedBackend({ models: [{ id: "m", capabilities: { chat: true } }], replies: ["{}"] })] },
  });
  const talk = talkTo(served.url);
  const messages = [{ role: "user", content: "q" }];
  const response_format = { type: "json_schema", json_schema: { name: "a", schema: { type: "object" } } };
  const ask = () => talk("POST /v1/chat/completions", { model: "m", messages, response_format });
  const embedded = await talk("POST /v1/embeddings", { model: "m", input: "q" });
  expect(messageOf(embedded.body)).toContain('declare it with \\"canEmbed\\": true in POST /models');
  const refused = await ask();
  expect(refused.status).toBe(400);
  expect(messageOf(refused.body)).toContain('declare it with \\"canStructuredOutput\\": true in POST /models');
  const declared = { model: "m", contextLength: 1024, canChat: true };
  expect((await talk("POST /models", { ...declared, canStructuredOutput: true })).status).toBe(201);
  expect((await ask()).status).toBe(200);
  const put = await talk("PUT /models/m", declared);
  expect(put.body).toMatchObject({ canStructuredOutput: true });
  expect(put.body).not.toHaveProperty("canVision");
  await talk("PUT /models/m", { ...declared, canStructuredOutput: false });
  expect((await ask()).status).toBe(400);
});

test("a declaration that leaves a capability out is told as the reason, and how to change it", async () => {
  await using served = await serveRuntime({
    runtime: { backends: [scriptedBackend({ models: ["m"], replies: ["fine"] })] },
  });
  const talk = talkTo(served.url);
  const ask = () => talk("POST /v1/chat/completions", { model: "m", messages: [{ role: "user", content: "q" }] });
  expect((await ask()).status).toBe(200);
  await talk("POST /models", { model: "m", contextLength: 1024, canPrompt: true });
  const refused = await ask();
  expect(refused.status).toBe(400);
  expect(messageOf(refused.body)).toMatch(
    /as was declared .* declare it with ."canChat.": true in POST .models, or in PUT/,
  );
  const again = await talk("POST /models", { model: "m", contextLength: 1024, canPrompt: true, canChat: true });
  expect(again).toMatchObject({
    status: 409,
    body: { error: { message: expect.stringContaining("PUT to its id, m,") } },
  });
  await talk("PUT /models/m", { model: "m", contextLength: 1024, canPrompt: true, canChat: true });
  expect((await ask()).status).toBe(200);
});

test("a backend is called by the name that it was given, in errors and in the log", async () => {
  const lines: object[] = [];
  await using served = await serveRuntime({
    runtime: { backendTypes: [ollamaType] },
    http: { logger: { log: (_level, event, fields) => void lines.push({ event, ...fields }) } },
  });
  const talk = talkTo(served.url);
  const backend = { name: "far-away", baseUrl: "http://127.0.0.1:9", type: "ollama" };
  const id = textAt((await talk("POST /backends", backend)).body, "id");
  await talk("POST /models", { model: "m:1b", contextLength: 1024, canChat: true, canPrompt: true });
  await talk(`POST /backend-affinity/internal_tasks_group/backends/${id}`);
  const { body } = await talk("POST /execute", { prompt: "q", model_name: "m:1b" });
  expect(messageOf(body)).toContain("far-away");
  expect(messageOf(body)).not.toContain(id);
});

test("a group that has no model yet is called by its name, and what the error says makes it serve one", async () => {
  const near = scriptedBackend({ id: "near", models: [{ id: "m:1b", capabilities: { prompt: true, chat: true } }] });
  await using served = await serveRuntime({ runtime: { backends: [near] } });
  const talk = talkTo(served.url);
  const group = textAt((await talk("POST /groups", { name: "fast" })).body, "id");
  await talk(`POST /backend-affinity/${group}/backends/near`);
  const task = { id: "a", handler: "raw_string", execute_config: { model: "m:1b", routing: { group: "fast" } } };
  const run = { input: "q", inputType: "string", chain: { id: "c", tasks: [task] } };
  const refused = messageOf((await talk("POST /tasks", run)).body);
  expect(refused).toContain("the group fast serves");
  expect(refused).toContain("POST /model-affinity/{groupID}/models/{model}, after POST /models");
  expect(refused).not.toContain(group);
  await talk("POST /models", { model: "m:1b", contextLength: 1024, canPrompt: true, canChat: true });
  await talk(`POST /model-affinity/${group}/models/m:1b`);
  expect((await talk("POST /tasks", run)).status).toBe(200);
});

test("wherever the id of a backend stands, its name stands beside it", async () => {
  const lines: { readonly event: string; readonly backendName?: string }[] = [];
  const logger = { log: (_level: string, event: string, fields: object) => void lines.push({ event, ...fields }) };
  const near = { ...scriptedBackend({ id: "a-uuid" }), name: "near" };
  await using served = await serveRuntime({ runtime: { backends: [near], logger } });
  const talk = talkTo(served.url);
  const chain = { id: "c", tasks: [{ id: "a", handler: "raw_string" }] };
  const { body } = await talk("POST /tasks", { input: "q", inputType: "string", chain });
  expect(body).toMatchObject({ state: [{ backend: "a-uuid", backendName: "near" }] });
  const runId = textAt(body, "runId");
  expect((await talk(`GET /runs/${runId}`)).body).toMatchObject({ state: [{ backendName: "near" }] });
  const events = await (await fetch(`${served.url}/runs/${runId}/events`)).text();
  expect(events).toContain('"backendName":"near"');
  expect(lines.find(({ event }) => event === "backend_reachable")).toMatchObject({ backendName: "near" });
});

test("OpenAI's clients are told the names of backends, and not their addresses", async () => {
  await using served = await serveRuntime({ runtime: { backendTypes: [ollamaType] } });
  const talk = talkTo(served.url);
  await talk("POST /backends", { name: "far-away", baseUrl: "http://127.0.0.1:9", type: "ollama" });
  const ask = { model: "m:1b", messages: [{ role: "user", content: "q" }] };
  await talk("POST /models", { model: "m:1b", contextLength: 1024, canChat: true, canPrompt: true });
  for (const body of [ask, { ...ask, stream: true }]) {
    const told = messageOf((await talk("POST /v1/chat/completions", body)).body);
    expect(told).toContain("far-away");
    expect(told).not.toContain("127.0.0.1:9");
  }
});
