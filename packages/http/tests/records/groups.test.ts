import { ollamaType } from "@catenary/ollama";
import { expect, test } from "vitest";
import { serveRuntime } from "../fixtures/serve-runtime.ts";
import { type Talk, talkTo, textAt } from "../fixtures/talk-to.ts";

const setting = { runtime: { backendTypes: [ollamaType] } };

async function make(talk: Talk, path: string, body: unknown): Promise<string> {
  return textAt((await talk(`POST ${path}`, body)).body, "id");
}

test("a group is made, found by its id, its name and its purpose, changed, and removed", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const created = await talk("POST /groups", { id: "own", name: "a b", purposeType: "für/alle" });
  const id = textAt(created.body, "id");
  expect(created.status).toBe(201);
  expect(id).not.toBe("own");
  expect((await talk(`GET /groups/${id}`)).body).toEqual(created.body);
  expect((await talk("GET /group-by-name/a%20b")).body).toEqual(created.body);
  expect((await talk(`GET /group-by-purpose/${encodeURIComponent("für/alle")}`)).body).toEqual([created.body]);
  expect((await talk("GET /groups")).body).toMatchObject([
    { id },
    { id: "internal_chat_group", name: "Chat", purposeType: "Internal Chat" },
    { id: "internal_tasks_group" },
    { id: "internal_embed_group" },
  ]);
  expect(await talk(`PUT /groups/${id}`, { name: "c" })).toMatchObject({
    status: 200,
    body: { name: "c", purposeType: "" },
  });
  expect((await talk(`PUT /groups/${id}`, { name: "Chat" })).status).toBe(409);
  expect(await talk("POST /groups", { name: "Chat" })).toMatchObject({
    status: 409,
    body: { error: { message: 'already exists: there is an affinity group "Chat"' } },
  });
  for (const body of [{ name: "" }, { name: "\u0000" }, {}, { purposeType: "none" }])
    expect(await talk("POST /groups", body)).toMatchObject({ status: 422, body: { error: { param: "name" } } });
  expect(await talk(`DELETE /groups/${id}`)).toMatchObject({ status: 200, body: "deleted" });
  for (const request of [`GET /groups/${id}`, `DELETE /groups/${id}`, "GET /group-by-name/c"])
    expect((await talk(request)).status).toBe(404);
});

test("an internal group cannot be deleted, and the program's cannot be changed", async () => {
  await using served = await serveRuntime({
    runtime: { groups: [{ id: "g", backends: [], models: [] }], models: [{ name: "m" }] },
  });
  const talk = talkTo(served.url);
  expect((await talk("DELETE /groups/internal_chat_group")).status).toBe(403);
  for (const request of ["DELETE /groups/g", "POST /model-affinity/g/models/m"])
    expect((await talk(request)).status).toBe(409);
  expect((await talk("PUT /groups/g", { name: "x" })).status).toBe(409);
});

test("the group that the runtime embeds with is neither renamed nor deleted, nor does it lose a model; backends come and go", async () => {
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  const backend = await make(talk, "/backends", { name: "a", baseUrl: "http://127.0.0.1:1", type: "ollama" });
  await make(talk, "/models", { model: "e", contextLength: 9, canEmbed: true });
  expect((await talk("POST /model-affinity/internal_embed_group/models/e")).status).toBe(200);
  for (const [request, body] of [
    ["PUT /groups/internal_embed_group", { name: "x", purposeType: "Internal Embeddings" }],
    ["DELETE /groups/internal_embed_group"],
    ["DELETE /model-affinity/internal_embed_group/models/e"],
    ["DELETE /model-affinity/internal_embed_group/models/none"],
  ] as const)
    expect(await talk(request, body)).toMatchObject({
      status: 403,
      body: { error: { type: "authorization_error", code: "forbidden" } },
    });
  expect((await talk("GET /groups/internal_embed_group")).body).toMatchObject({
    name: "Embedder",
    purposeType: "Internal Embeddings",
  });
  expect((await talk("GET /model-affinity/internal_embed_group/models")).body).toMatchObject([{ id: "e" }]);
  const place = `/backend-affinity/internal_embed_group/backends/${backend}`;
  expect((await talk(`POST ${place}`)).status).toBe(201);
  expect((await talk(`DELETE ${place}`)).status).toBe(200);
});

test("backends are assigned once, listed the last assigned first, and taken out again", async () => {
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  const [a, b] = [
    await make(talk, "/backends", { name: "a", baseUrl: "http://127.0.0.1:1", type: "ollama" }),
    await make(talk, "/backends", { name: "b", baseUrl: "http://127.0.0.1:2", type: "ollama" }),
  ];
  const group = "/backend-affinity/internal_chat_group/backends";
  expect(await talk(`POST ${group}/${b}`)).toMatchObject({ status: 201, body: "backend assigned" });
  expect((await talk(`POST ${group}/${a}`)).status).toBe(201);
  expect((await talk(`POST ${group}/${a}`)).status).toBe(409);
  await talk(`POST /backend-affinity/internal_embed_group/backends/${a}`);
  expect((await talk(`GET ${group}`)).body).toMatchObject([{ id: a }, { id: b }]);
  const changedAt = async () => textAt((await talk("GET /groups/internal_chat_group")).body, "updatedAt");
  const before = await changedAt();
  expect((await talk(`GET /backend-affinity/${a}/groups`)).body).toMatchObject([
    { id: "internal_embed_group" },
    { id: "internal_chat_group" },
  ]);
  expect(await talk(`DELETE ${group}/${b}`)).toMatchObject({ status: 200, body: "backend removed" });
  expect((await talk(`DELETE ${group}/${b}`)).status).toBe(404);
  await talk(`DELETE /backends/${a}`);
  expect((await talk(`GET ${group}`)).body).toEqual([]);
  // Who is in a group is no part of it.
  expect(await changedAt()).toBe(before);
});

test("a group knows the models that were assigned to it until they or it are gone", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const group = await make(talk, "/groups", { name: "g" });
  for (const model of ["m", "n"]) await talk("POST /models", { model, contextLength: 1, canChat: true });
  expect(await talk(`POST /model-affinity/${group}/models/m`)).toMatchObject({ status: 200, body: "model assigned" });
  await talk(`POST /model-affinity/${group}/models/n`);
  expect((await talk(`GET /model-affinity/${group}/models`)).body).toMatchObject([{ id: "n" }, { id: "m" }]);
  await talk("DELETE /models/n");
  expect((await talk(`GET /model-affinity/${group}/models`)).body).toMatchObject([{ id: "m" }]);
  await talk(`DELETE /groups/${group}`);
  expect((await talk("GET /model-affinity/m/groups")).body).toEqual([]);
});

test("nothing is assigned that is not there", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  await talk("POST /models", { model: "m", contextLength: 1, canChat: true });
  for (const request of [
    "POST /model-affinity/nowhere/models/m",
    "POST /model-affinity/internal_chat_group/models/none",
    "DELETE /model-affinity/internal_chat_group/models/m",
  ])
    expect((await talk(request)).status).toBe(404);
  for (const request of ["GET /model-affinity/nowhere/models", "GET /backend-affinity/nowhere/groups"])
    expect(await talk(request)).toMatchObject({ status: 200, body: [] });
});
