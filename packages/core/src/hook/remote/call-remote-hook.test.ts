import { expect, test } from "vitest";
import { toErrorData } from "../../errors/catenary-error.ts";
import { type Answer, fakeServer, json, never } from "../fixtures/fake-server.ts";
import { invocation } from "../fixtures/invocation.ts";
import { ManualClock } from "../fixtures/manual-clock.ts";
import type { HookInvocation } from "../hook.ts";
import { type RemoteHookSettings, remoteHook } from "../remote-hook.ts";
import { callRemoteHook } from "./call-remote-hook.ts";

const url = "http://hooks.test/hook";

function setUp(settings: Partial<RemoteHookSettings>, ...answers: Answer[]) {
  const server = fakeServer(...answers);
  const clock = new ManualClock();
  const hook = remoteHook({ url, protocol: "langserve", ...settings });
  const call = (parts: Partial<HookInvocation> = {}) =>
    clock.passUntil(callRemoteHook(hook, invocation(parts), { fetch: server.fetch, clock }));
  return { ...server, clock, call };
}

const status = (code: number, body = "", headers: Record<string, string> = {}): Answer =>
  new Response(body, { status: code, headers });

test.each([
  [400, "bad_request"],
  [401, "auth"],
  [403, "auth"],
  [404, "bad_request"],
  [408, "timeout"],
  [429, "rate_limit"],
  [500, "server_error"],
  [503, "server_error"],
])("tells status %i as %s", async (code, failure) => {
  const { call } = setUp({}, status(code, "why"));
  await expect(call()).rejects.toMatchObject({
    code: "hook_failed",
    failure,
    status: code,
    message: `Hook "hk" at http://hooks.test answered with status ${code}: why`,
  });
});

test("says how long the server asks to wait", async () => {
  const { call } = setUp({}, status(429, "", { "retry-after": "7" }));
  await expect(call()).rejects.toMatchObject({ retryAfterMs: 7000 });
});

test("tells a broken connection by its cause, without what may be secret", async () => {
  const failure = new TypeError("fetch failed", {
    cause: new Error("connect ECONNREFUSED http://user:pw12@hooks.test/hook?key=sesame with Bearer open-sesame"),
  });
  const { call } = setUp({ url: `${url}?key=sesame`, headers: { authorization: "Bearer open-sesame" } }, () =>
    Promise.reject(failure),
  );
  const error = await call().catch((reason: unknown) => toErrorData(reason));
  expect(error).toMatchObject({ code: "hook_failed", failure: "network" });
  expect(JSON.stringify(error)).toContain("connect ECONNREFUSED");
  expect(JSON.stringify(error)).not.toMatch(/sesame|pw12/);
});

test("does not repeat a header that the server repeats", async () => {
  const { call } = setUp({ headers: { "x-api-key": "open-sesame" } }, status(400, "x-api-key open-sesame is unknown"));
  await expect(call()).rejects.toThrow("x-api-key … is unknown");
});

test("stops at its timeout while it waits for the answer, and leaves nothing behind", async () => {
  const { call, clock } = setUp({ timeoutMs: 100 }, never);
  await expect(call()).rejects.toMatchObject({ code: "hook_failed", failure: "timeout" });
  expect(clock.pending).toBe(0);
});

test("stops at its timeout while it reads the answer", async () => {
  const { call, clock } = setUp({ timeoutMs: 100 }, new Response(new ReadableStream()));
  await expect(call()).rejects.toMatchObject({ failure: "timeout" });
  expect(clock.pending).toBe(0);
});

test("stops at its timeout even if fetch ignores the signal", async () => {
  const { call } = setUp({ timeoutMs: 100 }, () => new Promise(() => {}));
  await expect(call()).rejects.toMatchObject({ failure: "timeout" });
});

test("rejects with the reason when the run is cancelled", async () => {
  const controller = new AbortController();
  const { call, clock } = setUp({}, (signal) => {
    controller.abort("enough");
    return signal?.aborted ? Promise.reject(signal.reason) : json(1);
  });
  await expect(call({ signal: controller.signal })).rejects.toBe("enough");
  expect(clock.pending).toBe(0);
});

test("refuses an answer that is too long, and does not read it to its end", async () => {
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(10));
    },
  });
  const { call } = setUp({ maxResponseBytes: 25 }, new Response(endless));
  await expect(call()).rejects.toMatchObject({ code: "hook_response_invalid", failure: "reply" });
  expect(pulled).toBeLessThan(10);
});

test.each([
  ["no body", new Response(null, { status: 204 })],
  ["blank text", new Response("  \n")],
  ["HTML", new Response("<html>")],
  ["a byte order mark", new Response("\ufeff{}")],
  ["a number beyond all numbers", new Response('{"a":1e400}')],
])("refuses %s as an answer", async (_what, answer) => {
  const { call } = setUp({}, answer);
  await expect(call()).rejects.toMatchObject({ code: "hook_response_invalid", failure: "reply" });
});

test("names the field that a protocol needs", async () => {
  const { call } = setUp({ protocol: "ollama" }, json({ message: { role: "assistant" } }));
  await expect(call()).rejects.toThrow('must have "message.content"; got: {"message":{"role":"assistant"}}');
});

test("makes one request only unless retries are declared, with an idempotency key all the same", async () => {
  const { call, seen } = setUp({}, status(500));
  await expect(call()).rejects.toMatchObject({ status: 500 });
  expect(seen).toHaveLength(1);
  expect(seen[0]?.headers).toEqual({ "content-type": "application/json", "idempotency-key": "run-1/a#1" });
});

test("asks again with the same idempotency key and a doubled wait", async () => {
  const { call, seen, clock } = setUp({ retries: { max: 3, backoffMs: 100 } }, status(500), status(503), json("ok"));
  const start = clock.now();
  expect(await call()).toBe("ok");
  expect(clock.now() - start).toBe(300);
  expect(seen.map(({ headers }) => headers["idempotency-key"])).toEqual(Array(3).fill("run-1/a#1"));
});

test("sends a key that no header can carry in an encoded form", async () => {
  const { call, seen } = setUp({}, json(1));
  await call({ idempotencyKey: "run/日本#1" });
  expect(seen[0]?.headers["idempotency-key"]).toBe("run%2F%E6%97%A5%E6%9C%AC%231");
});

test("waits as long as the server asks, up to a minute", async () => {
  const patient = setUp({ retries: { max: 1 } }, status(429, "", { "retry-after": "60" }), json("ok"));
  const start = patient.clock.now();
  expect(await patient.call()).toBe("ok");
  expect(patient.clock.now() - start).toBe(60_000);

  const hurried = setUp({ retries: { max: 1 } }, status(429, "", { "retry-after": "61" }));
  await expect(hurried.call()).rejects.toMatchObject({ retryAfterMs: 61_000 });
  expect(hurried.seen).toHaveLength(1);
});

test("gives up after the last retry, and at once where another request would fail the same", async () => {
  const busy = setUp({ retries: { max: 2, backoffMs: 1 } }, status(500), status(500), status(502));
  await expect(busy.call()).rejects.toMatchObject({ status: 502 });
  const refused = setUp({ retries: { max: 2 } }, status(400));
  await expect(refused.call()).rejects.toMatchObject({ status: 400 });
  const garbled = setUp({ retries: { max: 2 } }, new Response("<html>"));
  await expect(garbled.call()).rejects.toMatchObject({ code: "hook_response_invalid" });
});

test("can be cancelled while it waits to ask again", async () => {
  const controller = new AbortController();
  const { call, clock, seen } = setUp({ retries: { max: 1, backoffMs: 1000 } }, status(500));
  clock.setTimer(10, () => controller.abort("enough"));
  await expect(call({ signal: controller.signal })).rejects.toBe("enough");
  expect(clock.pending).toBe(0);
  expect(seen).toHaveLength(1);
});
