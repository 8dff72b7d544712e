import { expect, test } from "vitest";
import type { Fetch } from "../../surroundings/fetch.ts";
import { type Answer, fakeServer, json } from "../fixtures/fake-server.ts";
import { invocation } from "../fixtures/invocation.ts";
import { type RemoteHookSettings, remoteHook } from "../remote-hook.ts";
import { buildRequest } from "./build-request.ts";
import { sendRequest } from "./send-request.ts";

const url = "http://hooks.test/hook";
const redirect = (status: number, location: string): Answer => new Response("moved", { status, headers: { location } });

async function send(settings: Partial<RemoteHookSettings>, ...answers: Answer[]) {
  const { fetch, seen } = fakeServer(...answers);
  const hook = remoteHook({ url, protocol: "langserve", headers: { authorization: "secret" }, ...settings });
  const response = await sendRequest(buildRequest(hook, invocation()), fetch, new AbortController().signal);
  return { response, seen };
}

test("lets own headers override its own", async () => {
  const { seen } = await send({ headers: { "Content-Type": "application/vnd.x+json" } }, json(1));
  expect(seen[0]?.headers).toMatchObject({ "content-type": "application/vnd.x+json" });
});

test.each(["GET", "head"])("sends no body with %s", async (method) => {
  const { seen } = await send({ method }, json(1));
  expect(seen[0]).toMatchObject({
    method: method.toUpperCase(),
    body: undefined,
    headers: { authorization: "secret" },
  });
});

test("turns a user and password in the address into basic authentication", async () => {
  const { seen } = await send({ url: "http://ann:p%C3%A4ss%zz@hooks.test/hook", headers: {} }, json(1));
  expect(seen[0]?.url).toBe(url);
  const encoded = seen[0]?.headers.authorization?.slice("Basic ".length) ?? "";
  expect(new TextDecoder().decode(Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0)))).toMatch(/^ann:p.*ss/);
});

test.each([307, 308])("keeps method, body and headers on %i within an origin", async (status) => {
  const { seen } = await send({ method: "PUT" }, redirect(status, "/there"), json(1));
  expect(seen[1]).toMatchObject({ url: "http://hooks.test/there", method: "PUT", body: '{"input":"q"}' });
  expect(seen[1]?.headers).toEqual(seen[0]?.headers);
  expect(seen[1]?.headers).toMatchObject({ authorization: "secret", "content-type": "application/json" });
});

test.each([301, 302, 303])("goes on with GET on %i", async (status) => {
  const { seen } = await send({}, redirect(status, "there"), json(1));
  expect(seen[1]).toMatchObject({ url: "http://hooks.test/there", method: "GET", body: undefined });
  expect(seen[1]?.headers).toEqual({ authorization: "secret", "idempotency-key": "run-1/a#1" });
});

test("gives its headers to no other origin, nor to a later one that is the first again", async () => {
  const { seen } = await send({}, redirect(307, "https://hooks.test/b"), redirect(307, url), json(1));
  expect(seen[1]).toMatchObject({ url: "https://hooks.test/b", body: '{"input":"q"}' });
  expect(seen.slice(1).map(({ headers }) => headers)).toEqual(Array(2).fill({ "content-type": "application/json" }));
});

test("holds what another origin redirects to, and all after it, to public addresses", async () => {
  const asked: unknown[] = [];
  const moved = (location: string) => new Response("", { status: 307, headers: { location } });
  const answers = [moved("/b"), moved("https://hooks.test/c"), moved(url), json(1)];
  const fetch: Fetch = async (input, init) => {
    asked.push([String(input), init && "addresses" in init ? init.addresses : undefined]);
    return answers.shift() ?? json(0);
  };
  const hook = remoteHook({ url });
  await sendRequest(buildRequest(hook, invocation()), fetch, new AbortController().signal);
  expect(asked).toEqual([
    [url, undefined],
    ["http://hooks.test/b", undefined],
    ["https://hooks.test/c", "public"],
    [url, "public"],
  ]);
});

test("gives back a redirect that leads nowhere", async () => {
  for (const location of ["http://[", "ftp://hooks.test/"]) {
    const { response, seen } = await send({}, redirect(302, location));
    expect([response.status, seen.length]).toEqual([302, 1]);
  }
  const { response } = await send({}, new Response("", { status: 300, headers: { location: "/there" } }));
  expect(response.status).toBe(300);
});

test("follows ten redirects and no more", async () => {
  const seen: string[] = [];
  const fetch: Fetch = async (input) => {
    seen.push(String(input));
    return new Response("moved", { status: 307, headers: { location: `/${seen.length}?token=1` } });
  };
  const url = new URL("https://hooks.test/");
  const request = { url, method: "POST", headers: new Headers() };
  await expect(sendRequest(request, fetch, new AbortController().signal)).rejects.toMatchObject({
    code: "too_many_redirects",
    failure: "bad_request",
    message: expect.stringMatching(/more than 10 times in a row, at last to https:\/\/hooks.test: /),
  });
  expect(seen).toHaveLength(11);
});
