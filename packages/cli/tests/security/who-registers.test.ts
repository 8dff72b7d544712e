import { createFakeOllama } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { expect, test } from "vitest";
import { partOf } from "../part-of.ts";
import { callHook } from "./call-hook.ts";
import { hookServer } from "./hook-server.ts";
import { namesOf, serveGuarded } from "./serve-guarded.ts";

/** Through a proxy that shows itself nobody is an operator. */
const GUEST = { "x-forwarded-for": "203.0.113.7" };
const MASK = "********";

const mustBePublic = { status: 500, body: { error: { message: expect.stringContaining("must be public") } } };

async function serveBoth(names: Readonly<Record<string, readonly string[]>> = {}) {
  const ask = await serveGuarded(namesOf(names));
  const asGuest: typeof ask = (method, path, body) => ask(method, path, body, GUEST);
  return { ask, asGuest };
}

function call(name: string) {
  return {
    input: "q",
    inputType: "string",
    chain: { id: "c", tasks: [{ id: "a", handler: "hook", hook: { name } }] },
  };
}

const hookAt = (endpointUrl: string, more: object = {}) => ({
  name: "crm",
  endpointUrl,
  method: "POST",
  timeoutMs: 5_000,
  protocolType: "langserve",
  ...more,
});

test("what a mask of a hook stands for is never sent to another origin, whoever asks for it", async () => {
  const { ask, asGuest } = await serveBoth();
  const [own, other] = [await hookServer((_, r) => r.end('"own"')), await hookServer((_, r) => r.end('"other"'))];
  const headers = { authorization: "Bearer canary" };
  const { body } = await ask("POST", "/hooks/remote", hookAt(`${own.url}/x`, { headers }));
  const place = `/hooks/remote/${partOf(body, "id")}`;
  for (const to of [`${other.url}/x`, own.url.replace("127.0.0.1", "localhost"), own.url.replace("http:", "https:")])
    for (const from of [ask, asGuest])
      expect(await from("PUT", place, hookAt(to, { headers: { Authorization: MASK } }))).toMatchObject({
        status: 422,
        body: { error: { param: "headers", message: expect.stringContaining("give its value") } },
      });
  expect((await asGuest("PUT", place, hookAt(`${own.url}/y`, { headers: { authorization: MASK } }))).status).toBe(200);
  expect((await ask("PUT", place, hookAt(`${own.url}/y`, { headers: { authorization: MASK } }))).status).toBe(200);
  await ask("POST", "/tasks", call("crm"));
  expect(own.seen).toMatchObject([{ url: "/y", headers }]);
  await ask("PUT", place, hookAt(other.url));
  await ask("POST", "/tasks", call("crm"));
  expect(other.seen).toHaveLength(1);
  expect(JSON.stringify(other.seen)).not.toContain("canary");
});

test("a hook that no operator registered leads to public addresses only, by whatever name", async () => {
  const server = await hookServer((_, response) => response.end('"secret"'));
  const { ask, asGuest } = await serveBoth({ "inside.example": ["127.0.0.1"], "host.docker.internal": ["127.0.0.1"] });
  for (const host of ["127.0.0.1", "localhost", "[::1]", "2130706433", "inside.example", "host.docker.internal"])
    expect(await callHook(asGuest, `http://${host}:${server.port}/`)).toMatchObject({ status: 500 });
  expect(await callHook(asGuest, server.url)).toMatchObject(mustBePublic);
  expect(server.seen).toEqual([]);
  for (const host of ["127.0.0.1", "inside.example", "host.docker.internal"])
    expect(await callHook(ask, `http://${host}:${server.port}/`)).toMatchObject({ body: { output: "secret" } });
});

test("an operator's private hook stays one while others change it, until they lead it elsewhere", async () => {
  const server = await hookServer((_, response) => response.end('"inside"'));
  const { ask, asGuest } = await serveBoth();
  const { body } = await ask("POST", "/hooks/remote", hookAt(`${server.url}/x?token=1`));
  const place = `/hooks/remote/${partOf(body, "id")}`;
  const shown = (await asGuest("GET", place)).body;
  expect((await asGuest("PUT", place, { ...Object(shown), timeoutMs: 4_000 })).status).toBe(200);
  expect(await ask("POST", "/tasks", call("crm"))).toMatchObject({ body: { output: "inside" } });
  await asGuest("PUT", place, hookAt(`${server.url}/admin`));
  expect(await ask("POST", "/tasks", call("crm"))).toMatchObject(mustBePublic);
  // Nobody gets back what was taken from it but an operator.
  await asGuest("PUT", place, hookAt(`${server.url}/admin`));
  expect(await ask("POST", "/tasks", call("crm"))).toMatchObject(mustBePublic);
  await ask("PUT", place, hookAt(`${server.url}/y`));
  expect(await asGuest("POST", "/tasks", call("crm"))).toMatchObject({ body: { output: "inside" } });
  expect(server.seen.map(({ url }) => url)).toEqual(["/x?token=1", "/y"]);
});

test("a backend that no operator registered, or that somebody else led elsewhere, leads to public addresses only", async () => {
  await using server = await serve(createFakeOllama({ models: [{ name: "m:1b", size: 5 }] }));
  await using second = await serve(createFakeOllama({ models: [{ name: "n:1b", size: 5 }] }));
  const { ask, asGuest } = await serveBoth();
  const at = (baseUrl: string, name: string) => ({ name, baseUrl, type: "ollama" });
  const refused = { models: [], error: expect.stringContaining("must be public") };
  const mine = `/backends/${partOf((await asGuest("POST", "/backends", at(server.url, "guest's"))).body, "id")}`;
  expect((await ask("GET", mine)).body).toMatchObject(refused);
  // An operator means it.
  await ask("PUT", mine, at(server.url, "taken"));
  expect((await ask("GET", mine)).body).toMatchObject({ models: ["m:1b"] });
  await asGuest("PUT", mine, at(server.url, "renamed"));
  expect((await ask("GET", mine)).body).toMatchObject({ name: "renamed", models: ["m:1b"] });
  await asGuest("PUT", mine, at(second.url, "renamed"));
  expect((await ask("GET", mine)).body).toMatchObject(refused);
});

test("the key of a provider goes to no other server with its backend, and none that is given later does", async () => {
  const thief = await hookServer((_, response) => response.end('{"data":[]}'));
  const { ask, asGuest } = await serveBoth();
  await ask("POST", "/providers/openai/configure", { apiKey: "canary-key" });
  const moved = { name: "openai", baseUrl: `${thief.url}/v1`, type: "vllm" };
  for (const from of [ask, asGuest])
    expect(await from("PUT", "/backends/openai", moved)).toMatchObject({ status: 422 });
  expect((await ask("GET", "/backends/openai")).body).toMatchObject({
    type: "openai",
    baseUrl: expect.stringContaining("api.openai.com"),
  });
  expect((await ask("PUT", "/backends/openai", { ...moved, headers: {} })).status).toBe(422);
  // Without a key it may be led anywhere; a key that is given then is not for that place.
  await ask("DELETE", "/providers/openai/config");
  expect((await ask("PUT", "/backends/openai", moved)).status).toBe(200);
  await ask("POST", "/providers/openai/configure", { apiKey: "canary-key" });
  await ask("GET", "/state");
  expect((await ask("GET", "/backends/openai")).body).toMatchObject({ type: "openai" });
  expect(JSON.stringify(thief.seen)).not.toContain("canary");
});
