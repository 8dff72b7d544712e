import { expect, test } from "vitest";
import { serveRuntime } from "../fixtures/serve-runtime.ts";
import { talkTo, textAt } from "../fixtures/talk-to.ts";

test("a model is declared under its name, listed, and removed by its name", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const created = await talk("POST /models", { model: "org/m 1", contextLength: 9, canEmbed: true, id: "ignored" });
  expect(created).toMatchObject({
    status: 201,
    body: { id: "org/m 1", contextLength: 9, canChat: false, canEmbed: true, canPrompt: false, canStream: false },
  });
  expect((await talk("GET /models")).body).toEqual([created.body]);
  expect((await talk("POST /models", { model: "org/m 1", contextLength: 9, canChat: true })).status).toBe(409);
  expect(await talk("DELETE /models/org%2Fm%201?purge=true")).toMatchObject({ status: 200, body: "model removed" });
  expect((await talk("DELETE /models/org%2Fm%201")).status).toBe(404);
});

test("a model that gets another name keeps its id, its age and its groups", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const created = await talk("POST /models", { model: "a", contextLength: 9, canChat: true });
  await talk("POST /models", { model: "z", contextLength: 9, canChat: true });
  await talk("POST /model-affinity/internal_chat_group/models/a");
  await talk("POST /model-affinity/internal_chat_group/models/z");
  const changed = await talk("PUT /models/a", { model: "b", contextLength: 5, canChat: true });
  expect(changed).toMatchObject({ status: 200, body: { id: "a", model: "b", contextLength: 5 } });
  expect(textAt(changed.body, "createdAt")).toBe(textAt(created.body, "createdAt"));
  expect((await talk("GET /model-affinity/internal_chat_group/models")).body).toMatchObject([{ id: "z" }, { id: "a" }]);
  expect((await talk("GET /models")).body).toMatchObject([{ id: "z" }, { id: "a", model: "b" }]);
  expect((await talk("POST /models", { model: "a", contextLength: 9, canChat: true })).status).toBe(409);
  expect((await talk("PUT /models/z", { model: "b", contextLength: 5, canChat: true })).status).toBe(409);
});

test("half of a character in a name is U+FFFD, as in the original, so that the model can be asked for", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const created = await talk("POST /models", '{"model":"\\ud800x","contextLength":5,"canChat":true}');
  expect(created).toMatchObject({ status: 201, body: { id: "\ufffdx" } });
  expect((await talk("DELETE /models/%EF%BF%BDx")).status).toBe(200);
});

test.for([
  [400, { contextLength: 1, canChat: true }],
  [400, { model: "m", canChat: true }],
  [400, { model: "m", contextLength: 1 }],
  [400, { model: "m", contextLength: 2 ** 31, canChat: true }],
  [422, { model: "m", contextLength: -1, canChat: true }],
  [422, { model: "m", contextLength: "1", canChat: true }],
  [422, { model: "m", contextLength: 1.5, canChat: true }],
] as const)("%i for %j", async ([status, body]) => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  expect((await talk("POST /models", body)).status).toBe(status);
  expect((await talk("GET /models")).body).toEqual([]);
});

test("a model is only changed under its own id", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const body = { model: "m", contextLength: 1, canChat: true };
  expect((await talk("PUT /models/m", body)).status).toBe(404);
  await talk("POST /models", body);
  expect((await talk("PUT /models/m", { ...body, id: "other" })).status).toBe(422);
  expect((await talk("PUT /models/m", { ...body, id: "" })).status).toBe(200);
});

test("the model that the runtime embeds with stays, and so do the program's", async () => {
  const runtime = { models: [{ name: "own" }], defaults: { embedding: { model: "e" } } };
  await using served = await serveRuntime({ runtime });
  const talk = talkTo(served.url);
  await talk("POST /models", { model: "e", contextLength: 1, canEmbed: true });
  expect((await talk("DELETE /models/e")).status).toBe(403);
  expect((await talk("DELETE /models/own")).status).toBe(409);
  expect((await talk("GET /models")).body).toMatchObject([{ id: "e" }, { id: "own", origin: "code" }]);
});

test("the model that the runtime embeds with keeps its name and goes on embedding; all else of it may change", async () => {
  await using served = await serveRuntime({ runtime: { defaults: { embedding: { model: "e" } } } });
  const talk = talkTo(served.url);
  const body = { model: "e", contextLength: 1, canEmbed: true };
  await talk("POST /models", body);
  for (const change of [{ model: "renamed" }, { canEmbed: false, canChat: true }])
    expect((await talk("PUT /models/e", { ...body, ...change })).status).toBe(403);
  expect((await talk("PUT /models/e", { ...body, contextLength: 2, canChat: true })).status).toBe(200);
  expect((await talk("GET /models")).body).toMatchObject([
    { id: "e", model: "e", contextLength: 2, canChat: true, canEmbed: true },
  ]);
});

test("models of many pages are each there once, the newest first", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const names = Array.from({ length: 7 }, (_, index) => `m${index}`);
  for (const model of names) await talk("POST /models", { model, contextLength: 1, canChat: true });
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page = await talk(`GET /models?limit=3&cursor=${encodeURIComponent(cursor)}`);
    if (Array.isArray(page.body)) seen.push(...page.body.map((one) => textAt(one, "id")));
    cursor = page.headers.get("x-next-cursor");
  }
  expect(seen).toEqual(names.toReversed());
});

test.for([
  ["limit=0", 422],
  ["limit=-1", 422],
  ["limit=x", 422],
  ["limit=99999999999999999999", 422],
  ["limit=1001", 400],
  ["limit=1000", 200],
  ["limit=", 200],
  ["cursor=x", 422],
  ["cursor=2026-01-01", 422],
  ["cursor=2026-02-01T00:00:00.123456789%2B02:00", 200],
] as const)("GET /models?%s is %i", async ([query, status]) => {
  await using served = await serveRuntime();
  expect((await talkTo(served.url)(`GET /models?${query}`)).status).toBe(status);
});
