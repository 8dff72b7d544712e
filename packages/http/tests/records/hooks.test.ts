import { type Fetch, remoteHook } from "@catenary/core";
import { expect, test } from "vitest";
import { serveRuntime } from "../fixtures/serve-runtime.ts";
import { talkTo, textAt } from "../fixtures/talk-to.ts";

const hook = {
  name: "h",
  endpointUrl: "http://10.0.0.1/hook?token=canary-query",
  method: "POST",
  timeoutMs: 100,
  protocolType: "langserve",
};

test("a hook is registered, got, changed and removed, its headers as they were given", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const created = await talk("POST /hooks/remote", { ...hook, headers: { "X-Own": "a" } });
  const id = textAt(created.body, "id");
  expect(created).toMatchObject({ status: 201, body: { ...hook, headers: { "X-Own": "a" } } });
  expect((await talk(`GET /hooks/remote/${id}`)).body).toEqual(created.body);
  expect((await talk("GET /hooks/remote")).body).toEqual([created.body]);
  expect((await talk("GET /supported")).body).toEqual(["h"]);
  const changed = await talk(`PUT /hooks/remote/${id}`, { ...hook, name: "i", retries: { max: 2 } });
  expect(changed).toMatchObject({ status: 200, body: { id, name: "i", retries: { max: 2 } } });
  expect(changed.body).not.toHaveProperty("headers");
  expect((await talk("GET /supported")).body).toEqual(["i"]);
  expect(await talk(`DELETE /hooks/remote/${id}`)).toMatchObject({ status: 200, body: "deleted" });
  for (const request of [`GET /hooks/remote/${id}`, `DELETE /hooks/remote/${id}`])
    expect((await talk(request)).status).toBe(404);
  expect((await talk(`PUT /hooks/remote/${id}`, hook)).status).toBe(404);
});

test("a hook answers to its name as to its id", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const created = await talk("POST /hooks/remote", hook);
  expect((await talk("GET /hooks/remote/h")).body).toEqual(created.body);
  expect((await talk("DELETE /hooks/remote/h")).status).toBe(200);
  expect((await talk("GET /hooks/remote")).body).toEqual([]);
});

test("an answer that is too long can be allowed by request, as its error says", async () => {
  const answer: Fetch = async () => Response.json("x".repeat(100));
  await using served = await serveRuntime({ runtime: { fetch: answer } });
  const talk = talkTo(served.url);
  const { body } = await talk("POST /hooks/remote", { ...hook, maxResponseBytes: 50 });
  expect(body).toMatchObject({ maxResponseBytes: 50 });
  const chain = { id: "c", tasks: [{ id: "a", handler: "hook", hook: { name: "h" } }] };
  const call = () => talk("POST /tasks", { input: "q", inputType: "string", chain });
  expect(JSON.stringify((await call()).body)).toContain("Raise its maxResponseBytes");
  const raised = { ...hook, maxResponseBytes: 200 };
  expect(await talk(`PUT /hooks/remote/${textAt(body, "id")}`, raised)).toMatchObject({ status: 200, body: raised });
  expect((await call()).status).toBe(200);
  expect((await talk("POST /hooks/remote", { ...raised, name: "i", maxResponseBytes: 0 })).status).toBe(422);
});

test("what was shown masked and is given back stays what it was", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const headers = { "X-Own": "canary-header" };
  const id = textAt((await talk("POST /hooks/remote", { ...hook, headers })).body, "id");
  const asGuest = { "x-forwarded-for": "9.9.9.9", "content-type": "application/json" };
  const shown = await (await fetch(`${served.url}/hooks/remote/${id}`, { headers: asGuest })).json();
  expect(JSON.stringify(shown)).not.toContain("canary");
  const body = JSON.stringify({ ...shown, headers: { "x-own": shown.headers["X-Own"], "X-New": "n" }, timeoutMs: 200 });
  const put = await fetch(`${served.url}/hooks/remote/${id}`, { method: "PUT", headers: asGuest, body });
  expect(put.status).toBe(200);
  expect((await talk(`GET /hooks/remote/${id}`)).body).toMatchObject({
    endpointUrl: hook.endpointUrl,
    timeoutMs: 200,
    headers: { "x-own": "canary-header", "X-New": "n" },
  });
  const bare = { ...hook, endpointUrl: "http://10.0.0.1/hook" };
  expect((await talk(`PUT /hooks/remote/${id}`, bare)).body).toMatchObject({ endpointUrl: bare.endpointUrl });
});

test("a client may give the id, once", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  expect((await talk("POST /hooks/remote", { ...hook, id: "mine" })).body).toMatchObject({ id: "mine" });
  expect((await talk("POST /hooks/remote", { ...hook, id: "mine", name: "other" })).status).toBe(409);
  expect((await talk("POST /hooks/remote", hook)).status).toBe(409);
});

test.for([
  { name: "" },
  { endpointUrl: "" },
  { endpointUrl: "not a url" },
  { endpointUrl: "ftp://example.com/" },
  { method: "" },
  { method: "PO ST" },
  { timeoutMs: 0 },
  { timeoutMs: -5 },
  { protocolType: "soap" },
  { protocolType: undefined },
  { headers: { "": "x" } },
  { headers: { a: "" } },
  { headers: { a: "x\r\nb: y" } },
])("a hook with %j is refused", async (part) => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  expect((await talk("POST /hooks/remote", { ...hook, ...part })).status).toBe(422);
  expect((await talk("GET /hooks/remote")).body).toEqual([]);
});

test("hooks of the program are read-only, and those in this process have no address to tell", async () => {
  const hooks = { near: () => 1, far: remoteHook({ url: "http://127.0.0.1:1/" }) };
  await using served = await serveRuntime({ runtime: { hooks } });
  const talk = talkTo(served.url);
  expect((await talk("GET /hooks/remote")).body).toMatchObject([{ id: "far", origin: "code" }]);
  expect((await talk("GET /hooks/remote/near")).status).toBe(404);
  expect((await talk("PUT /hooks/remote/far", hook)).status).toBe(409);
  expect((await talk("DELETE /hooks/remote/far")).status).toBe(409);
  expect((await talk("POST /hooks/remote", { ...hook, name: "near" })).status).toBe(409);
});

test("who is no operator sees that there are headers, and not what is in them", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  await talk("POST /hooks/remote", { ...hook, headers: { Authorization: "canary-header" } });
  const { body } = await talk("GET /hooks/remote", undefined, { "x-forwarded-for": "203.0.113.9" });
  expect(body).toMatchObject([{ endpointUrl: "http://10.0.0.1/hook", headers: { Authorization: "********" } }]);
  expect(JSON.stringify(body)).not.toContain("canary");
});
