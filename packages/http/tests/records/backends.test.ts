import { createRuntime } from "@catenary/core";
import { ollama, ollamaType } from "@catenary/ollama";
import { vllmType } from "@catenary/openai";
import { createFakeOllama } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { expect, test } from "vitest";
import { createHttpHandler } from "../../src/create-http-handler.ts";
import { serveHttp } from "../../src/node/serve-http.ts";
import { serveRuntime } from "../fixtures/serve-runtime.ts";
import { talkTo, textAt } from "../fixtures/talk-to.ts";

const TIME = expect.stringMatching(/^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const setting = { runtime: { backendTypes: [ollamaType, vllmType] } };

test("a backend is registered, told with what it serves, changed, and removed", async () => {
  const fake = createFakeOllama({ models: [{ name: "m:1b", size: 5 }] });
  await using server = await serve(fake);
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  const created = await talk("POST /backends", { NAME: "one", baseURL: server.url, type: "ollama", other: 1 });
  expect(created.status).toBe(201);
  expect(created.body).toEqual({
    id: expect.any(String),
    name: "one",
    baseUrl: server.url,
    type: "ollama",
    createdAt: TIME,
    updatedAt: TIME,
  });
  const id = textAt(created.body, "id");
  const got = await talk(`GET /backends/${id}`);
  expect(got.body).toMatchObject({ id, models: ["m:1b"], pulledModels: [{ name: "m:1b", size: 5 }] });
  expect((await talk("GET /backends")).body).toEqual([got.body]);
  expect((await talk("GET /state")).body).toMatchObject([{ id, models: ["m:1b"], backend: { id, name: "one" } }]);
  const changed = await talk(`PUT /backends/${id}`, { name: "two", baseUrl: server.url, type: "ollama", id: "x" });
  expect(changed).toMatchObject({
    status: 200,
    body: { id, name: "two", createdAt: textAt(created.body, "createdAt") },
  });
  expect(textAt(changed.body, "updatedAt") > textAt(created.body, "updatedAt")).toBe(true);
  expect(await talk(`DELETE /backends/${id}`)).toMatchObject({ status: 200, body: "backend removed" });
  for (const request of [`GET /backends/${id}`, `DELETE /backends/${id}`])
    expect((await talk(request)).status).toBe(404);
});

test("a backend that cannot be reached is told with what went wrong", async () => {
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  await talk("POST /backends", { name: "gone", baseUrl: "http://127.0.0.1:1", type: "ollama" });
  expect((await talk("GET /backends")).body).toMatchObject([
    { models: [], pulledModels: [], error: expect.stringContaining("127.0.0.1:1") },
  ]);
});

test("a vLLM that lists no models is told to be of no use", async () => {
  await using server = await serve(async () => Response.json({ object: "list", data: [] }));
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  await talk("POST /backends", { name: "empty", baseUrl: server.url, type: "vllm" });
  expect((await talk("GET /state")).body).toMatchObject([
    { models: [], pulledModels: [], error: expect.stringContaining("lists no models") },
  ]);
});

test("what is no backend is refused, and the field at fault is named", async () => {
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  const whole = { name: "n", baseUrl: "http://127.0.0.1:1", type: "vllm" };
  for (const [field, value] of [
    ["name", ""],
    ["baseUrl", undefined],
    ["type", "openai"],
    ["name", 5],
  ] as const)
    expect(await talk("POST /backends", { ...whole, [field]: value })).toMatchObject({
      status: 422,
      body: { error: { param: field, code: "unprocessable_entity" } },
    });
  expect((await talk("POST /backends", { ...whole, baseUrl: "not a url" })).status).toBe(422);
  expect((await talk("GET /backends")).body).toEqual([]);
});

test("two backends never have one name or one address", async () => {
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  const one = { name: "a", baseUrl: "http://127.0.0.1:1", type: "ollama" };
  await talk("POST /backends", one);
  const other = await talk("POST /backends", { ...one, name: "b", baseUrl: "http://127.0.0.1:2" });
  expect((await talk("POST /backends", { ...one, name: "c" })).status).toBe(409);
  expect((await talk("POST /backends", { ...one, baseUrl: "http://127.0.0.1:3" })).status).toBe(409);
  expect((await talk(`PUT /backends/${textAt(other.body, "id")}`, one)).status).toBe(409);
});

test("an address is the same however it is written: with blanks, a slash at its end, or capitals", async () => {
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  for (const type of ["ollama", "vllm"]) {
    const body = { name: type, baseUrl: `http://${type}.test:1`, type };
    expect((await talk("POST /backends", body)).status).toBe(201);
    for (const baseUrl of [`http://${type}.test:1/`, `HTTP://${type.toUpperCase()}.Test:1`, ` ${body.baseUrl} `])
      expect((await talk("POST /backends", { ...body, name: "other", baseUrl })).status, baseUrl).toBe(409);
  }
});

test("a blank address is refused for every type, and is nobody's", async () => {
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  for (const type of ["ollama", "vllm"])
    for (const baseUrl of [" ", "\t", ":80", "/"])
      expect((await talk("POST /backends", { name: "n", baseUrl, type })).status).toBe(422);
});

test("of many requests that want one name at once, one gets it", async () => {
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  const body = { name: "a", baseUrl: "http://127.0.0.1:1", type: "ollama" };
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => talk("POST /backends", body)))).map(
    ({ status }) => status,
  );
  expect(statuses.toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
});

test("a backend of the program is marked, and read-only", async () => {
  const backend = ollama({ id: "own", baseUrl: "http://127.0.0.1:1" });
  await using served = await serveRuntime({ runtime: { ...setting.runtime, backends: [backend] } });
  const talk = talkTo(served.url);
  expect((await talk("GET /backends/own")).body).toMatchObject({ id: "own", name: "own", origin: "code" });
  const body = { name: "x", baseUrl: "http://127.0.0.1:2", type: "ollama" };
  expect((await talk("PUT /backends/own", body)).status).toBe(409);
  expect((await talk("DELETE /backends/own")).status).toBe(409);
});

test("a server that wants a key or headers gets them, and nobody is told them", async () => {
  const seen: (string | null)[][] = [];
  const answer = async ({ headers }: Request) => {
    seen.push([headers.get("authorization"), headers.get("x-tenant")]);
    return Response.json({ object: "list", data: [{ id: "m" }] });
  };
  await using server = await serve(answer);
  await using other = await serve(answer);
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  const body = { name: "v", baseUrl: server.url, type: "vllm" };
  const secrets = { apiKey: "canary-key", headers: { "x-tenant": "canary-tenant" } };
  const made = await talk("POST /backends", { ...body, ...secrets });
  const place = `/backends/${textAt(made.body, "id")}`;
  const told = [made, await talk(`GET ${place}`), await talk("GET /state")];
  expect(told[1]).toMatchObject({ body: { models: ["m"] } });
  expect(seen.at(-1)).toEqual(["Bearer canary-key", "canary-tenant"]);
  told.push(await talk(`PUT ${place}`, { ...body, name: "w" }), await talk(`GET ${place}`));
  expect(seen.at(-1)).toEqual(["Bearer canary-key", "canary-tenant"]);
  const moved = { ...body, baseUrl: other.url };
  for (const given of [{}, { apiKey: "new" }, { headers: {} }])
    expect(await talk(`PUT ${place}`, { ...moved, ...given })).toMatchObject({
      status: 422,
      body: { error: { param: "apiKey" } },
    });
  expect((await talk(`PUT ${place}`, { ...moved, apiKey: "", headers: { "x-tenant": "b" } })).status).toBe(200);
  told.push(await talk(`GET ${place}`));
  expect(seen.at(-1)).toEqual([null, "b"]);
  expect(JSON.stringify(told.map(({ body: one }) => one))).not.toContain("canary");
});

test.for([
  [{ apiKey: "two\nlines" }, "apiKey"],
  [{ apiKey: "********" }, "apiKey"],
  [{ headers: { "x y": "canary" } }, "headers"],
  [{ headers: { "x-own": "canary\r\nb: c" } }, "headers"],
] as const)("secrets that no server could be sent are refused: %j", async ([part, param]) => {
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  for (const type of ["ollama", "vllm"]) {
    const { status, body } = await talk("POST /backends", { name: "n", baseUrl: "http://127.0.0.1:1", type, ...part });
    expect([status, body]).toMatchObject([422, { error: { param } }]);
    expect(JSON.stringify(body)).not.toContain("canary");
  }
});

test("a type that comes otherwise, and a password in an address of vLLM, are refused with what to do instead", async () => {
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  const body = { name: "n", baseUrl: "http://me:canary@127.0.0.1:1", type: "vllm" };
  expect(JSON.stringify((await talk("POST /backends", { ...body, type: "openai" })).body)).toContain(
    "POST /providers/openai/configure",
  );
  expect(JSON.stringify((await talk("POST /backends", body)).body)).toMatch(/the header authorization in headers/);
});

test("a password in an address is for the server only", async () => {
  await using served = await serveRuntime(setting);
  const talk = talkTo(served.url);
  const body = { name: "x", baseUrl: "http://me:canary-secret@127.0.0.1:1", type: "ollama" };
  const texts = [await talk("POST /backends", body), await talk("GET /backends"), await talk("GET /state")];
  expect(JSON.stringify(texts.map(({ body: told }) => told))).not.toContain("canary");
  expect((await talk("POST /backends", { ...body, name: "y" })).status).toBe(409);
});

test("a backend that the program has moved since is told where it is now, as it was written else", async () => {
  const runtime = createRuntime({ backendTypes: [ollamaType] });
  await using served = await serveHttp(createHttpHandler(runtime), { port: 0 });
  const talk = talkTo(served.url);
  const body = { name: "x", baseUrl: "http://127.0.0.1:1/", type: "ollama" };
  const id = textAt((await talk("POST /backends", body)).body, "id");
  expect((await talk(`GET /backends/${id}`)).body).toMatchObject({ baseUrl: "http://127.0.0.1:1/" });
  await runtime.backends.update(id, runtime.openBackend({ ...body, id, baseUrl: "http://127.0.0.1:2" }));
  expect((await talk(`GET /backends/${id}`)).body).toMatchObject({ baseUrl: "http://127.0.0.1:2" });
  expect((await talk("POST /backends", { ...body, name: "y" })).status).toBe(201);
  const taken = { ...body, name: "z", baseUrl: "http://127.0.0.1:2" };
  expect((await talk("POST /backends", taken)).status).toBe(409);
});
