import { expect, test, vi } from "vitest";
import { HookError } from "../errors/hook-error.ts";
import { ModelError } from "../errors/model-error.ts";
import type { Json } from "../value/json.ts";
import { callHook } from "./call-hook.ts";
import { fakeServer, json } from "./fixtures/fake-server.ts";
import { invocation } from "./fixtures/invocation.ts";
import { ManualClock } from "./fixtures/manual-clock.ts";
import type { HookDefinition, HookInvocation, LocalHook } from "./hook.ts";
import { remoteHook } from "./remote-hook.ts";

const call = (definition: unknown, parts: Partial<HookInvocation> = {}, clock = new ManualClock()) =>
  // Safe: the point of some tests is what happens to a definition that is none.
  clock.passUntil(callHook(definition as HookDefinition, invocation(parts), { fetch: fakeServer().fetch, clock }));

test("gives a local hook its call and takes its result", async () => {
  const hook = vi.fn<LocalHook>(async ({ args, input }) => ({ args, input: input.value }));
  expect(await call(hook, { args: { a: 1 } })).toEqual({ args: { a: 1 }, input: "q" });
  expect(hook.mock.calls[0]?.[0]).toMatchObject({
    name: "hk",
    runId: "run-1",
    idempotencyKey: "run-1/a#1",
    attempt: 1,
  });
});

test("takes a result that is no promise, and nothing as null", async () => {
  expect(await call(() => 5)).toBe(5);
  expect(await call(() => {})).toBe(null);
  expect(await call({ run: () => "x" })).toBe("x");
});

test("refuses a result that is no plain JSON", async () => {
  await expect(call(() => ({ total: Number.NaN }))).rejects.toMatchObject({
    code: "hook_response_invalid",
    failure: "reply",
    message: 'Hook "hk" must return plain JSON data; in its result, $.total is NaN.',
  });
});

test("tells what a hook threw, at once or later, and a getter of its result too", async () => {
  const broken = new RangeError("no such page");
  const hooks: LocalHook[] = [
    () => {
      throw broken;
    },
    () => Promise.reject(broken),
    () => ({
      get page() {
        throw broken;
      },
    }),
  ];
  for (const hook of hooks) {
    await expect(call(hook)).rejects.toMatchObject({
      code: "hook_failed",
      failure: "code",
      message: 'Hook "hk" threw: no such page',
      cause: broken,
      details: { hook: "hk" },
    });
  }
});

test("does not tell the keys that a client quotes in its error", async () => {
  const words = "401 for https://api.example.com/v1?api_key=abc123secret with Bearer sk-canary-0123456789";
  const hidden = "401 for https://api.example.com/v1?api_key=… with Bearer …";
  await expect(call(() => Promise.reject(new Error(words)))).rejects.toMatchObject({
    message: `Hook "hk" threw: ${hidden}`,
  });
  const own = new HookError("hook_failed", words, { failure: "rate_limit", hook: "hk", status: 429, retryAfterMs: 5 });
  const failed = await call(() => Promise.reject(own)).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(HookError);
  expect(failed).toMatchObject({
    code: "hook_failed",
    message: hidden,
    failure: "rate_limit",
    status: 429,
    retryAfterMs: 5,
    details: { hook: "hk", status: 429, retryAfterMs: 5 },
  });
});

test("tells what a hook threw that is no error", async () => {
  await expect(call(() => Promise.reject("plain words"))).rejects.toThrow('Hook "hk" threw: plain words');
});

test("keeps the kind of our own errors, and a hook's HookError as it is", async () => {
  const limited = new ModelError("slow down", { failure: "rate_limit" });
  await expect(call(() => Promise.reject(limited))).rejects.toMatchObject({ failure: "rate_limit", cause: limited });
  const own = new HookError("hook_failed", "come back", { failure: "unavailable", retryAfterMs: 5 });
  await expect(call(() => Promise.reject(own))).rejects.toBe(own);
});

test("calls a hook only with args that its schema takes, and says which are wrong", async () => {
  const run = vi.fn<LocalHook>(() => "sent");
  const schema = { type: "object", properties: { to: { type: "string", minLength: 1 } }, required: ["to"] };
  const hook = { run, args: schema };
  expect(await call(hook, { args: { to: "ops" } })).toBe("sent");
  for (const [args, place] of [
    [{}, "to"],
    [{ to: 7 }, "$.to"],
  ] as const) {
    await expect(call(hook, { args })).rejects.toMatchObject({
      code: "hook_request_invalid",
      failure: "chain",
      message: expect.stringMatching(/^Hook "hk" cannot be called: its args are not what its schema says: /),
    });
    await expect(call(hook, { args })).rejects.toThrow(place);
  }
  expect(run).toHaveBeenCalledTimes(1);
});

test("stops waiting for a hook that ignores its time, and tells it", async () => {
  const clock = new ManualClock();
  let seen: AbortSignal | undefined;
  const run: LocalHook = ({ signal }) => {
    seen = signal;
    return new Promise(() => {});
  };
  await expect(call({ run, timeoutMs: 50 }, {}, clock)).rejects.toMatchObject({
    code: "hook_failed",
    failure: "timeout",
    message: 'Hook "hk" did not end within 50 ms. Raise its timeoutMs if it may take longer.',
  });
  expect(seen?.aborted).toBe(true);
  expect(clock.pending).toBe(0);
});

test("leaves no timer behind a hook that ends in time", async () => {
  const clock = new ManualClock();
  expect(await call({ run: async () => 1, timeoutMs: 50 }, {}, clock)).toBe(1);
  expect(clock.pending).toBe(0);
});

test.each([undefined, 50])("stops waiting when the run is cancelled (timeout %s)", async (timeoutMs) => {
  const controller = new AbortController();
  const clock = new ManualClock();
  const reason = new Error("stop");
  const run: LocalHook = () => {
    controller.abort(reason);
    return new Promise(() => {});
  };
  const hook = { run, ...(timeoutMs && { timeoutMs }) };
  await expect(call(hook, { signal: controller.signal }, clock)).rejects.toBe(reason);
  expect(clock.pending).toBe(0);
});

test.each([undefined, 50])("leaves no listener on the signal of the run (timeout %s)", async (timeoutMs) => {
  const { signal } = new AbortController();
  const add = vi.spyOn(signal, "addEventListener");
  const remove = vi.spyOn(signal, "removeEventListener");
  await call({ run: () => 1, ...(timeoutMs && { timeoutMs }) }, { signal });
  const listeners = (spy: typeof add | typeof remove) => new Set(spy.mock.calls.map(([, listener]) => listener));
  expect(add).toHaveBeenCalled();
  expect(listeners(remove)).toEqual(listeners(add));
});

test("does not begin a call whose run is cancelled already", async () => {
  const hook = vi.fn<LocalHook>();
  await expect(call(hook, { signal: AbortSignal.abort("gone") })).rejects.toBe("gone");
  expect(hook).not.toHaveBeenCalled();
});

test("calls a remote hook", async () => {
  const { fetch, seen } = fakeServer(json({ ok: true }));
  const hook = remoteHook({ url: "http://hooks.test/hook" });
  expect(await callHook(hook, invocation(), { fetch, clock: new ManualClock() })).toEqual({ ok: true });
  expect(seen[0]).toMatchObject({ method: "POST", body: '{"name":"hk","arguments":{"input":"q"}}' });
});

test("does not send arguments that JSON cannot carry", async () => {
  const hook = remoteHook({ url: "http://hooks.test/hook" });
  await expect(call(hook, { input: { type: "float", value: Number.NaN } })).rejects.toMatchObject({
    code: "hook_request_invalid",
    message: 'Hook "hk" cannot be called: input is NaN.',
  });
});

test.each<readonly [what: string, definition: unknown]>([
  ["text", "http://hooks.test"],
  ["nothing", undefined],
  ["an object without run", { url: "http://hooks.test" }],
  ["a timeout of zero", { run: () => 1, timeoutMs: 0 }],
  ["args that are no schema", { run: () => 1, args: "object" }],
  ["args whose schema has no such type", { run: () => 1, args: { type: "txt" } }],
])("refuses %s as a hook", async (_what, definition) => {
  await expect(call(definition)).rejects.toMatchObject({ code: "hook_request_invalid", details: { hook: "hk" } });
});

test("takes input and arguments for a server as deep as any value may be, and none deeper", async () => {
  const nested = (levels: number): Json => JSON.parse("[".repeat(levels) + "]".repeat(levels));
  const clock = new ManualClock();
  const hook = remoteHook({ url: "http://hooks.test/hook", protocol: "langserve" });
  const send = (levels: number) => {
    const parts = { input: { type: "json", value: nested(levels) }, args: { deep: nested(levels - 1) } } as const;
    return clock.passUntil(callHook(hook, invocation(parts), { fetch: fakeServer(json("ok")).fetch, clock }));
  };
  expect(await send(100)).toBe("ok");
  await expect(send(101)).rejects.toMatchObject({
    code: "hook_request_invalid",
    message: expect.stringMatching(/^Hook "hk" cannot be called: input(\[0\])+ lies more than 100 levels deep\.$/),
  });
});
