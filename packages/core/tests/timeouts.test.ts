import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { Runtime } from "../src/run/runtime.ts";
import type { RuntimeOptions } from "../src/run/runtime-options.ts";
import { chainOf, to } from "./fixtures/chain-of.ts";

function setUp(more: RuntimeOptions = {}) {
  const clock = createVirtualClock();
  const backend = scriptedBackend({ clock });
  return { clock, backend, runtime: createRuntime({ backends: [backend], clock, ...more }) };
}

describe("a task that takes longer than its timeout", () => {
  test("fails at that moment, and its model call is aborted", async () => {
    const { clock, backend, runtime } = setUp();
    backend.reply({ hang: true });
    const run = runtime.start(chainOf({ handler: "raw_string", timeout: "1m30s" }), "Hi");
    await clock.advance(89_999);
    const signal = backend.calls[0]?.options.abortSignal;
    expect(signal?.aborted).toBe(false);
    await clock.advance(1);
    expect(signal?.aborted).toBe(true);
    const result = await run.result();
    expect(result).toMatchObject({
      status: "failed",
      error: { code: "task_failed", failure: "timeout" },
      steps: [
        {
          durationMs: 90_000,
          backend: "scripted",
          model: "scripted",
          error: {
            code: "task_timeout",
            failure: "timeout",
            message: "task task took longer than its timeout of 1m30s",
            details: { taskId: "task", timeout: "1m30s" },
          },
        },
      ],
    });
    expect(clock.pending).toBe(0);
  });

  test("is not waited for, even where it ignores its signal, and what it says later changes nothing", async () => {
    const late = Promise.withResolvers<{ output: { type: "string"; value: string }; outcome: string }>();
    const { clock, runtime } = setUp({ handlers: { deaf: { execute: () => late.promise } } });
    const chain = chainOf([
      { id: "a", handler: "deaf", timeout: "1s", transition: to("end", "b") },
      { id: "b", handler: "noop", prompt_template: "too late" },
    ]);
    const run = runtime.start(chain, "Hi");
    await clock.advance(1_000);
    late.resolve({ output: { type: "string", value: "here I am" }, outcome: "late" });
    expect(await run.result()).toMatchObject({
      status: "ok",
      output: "too late",
      steps: [{ taskId: "a" }, { taskId: "b" }],
    });
  });

  test("may be tried again, with its whole time each", async () => {
    const { clock, backend, runtime } = setUp();
    backend.reply({ hang: true }, { text: "fine", delayMs: 900 });
    const run = runtime.start(chainOf({ handler: "raw_string", timeout: "1s", retry_on_failure: 1 }), "Hi");
    await clock.advance(1_900);
    expect(await run.result()).toMatchObject({
      status: "ok",
      output: "fine",
      steps: [{ durationMs: 1_000 }, { durationMs: 900 }],
    });
    expect(clock.pending).toBe(0);
  });

  test("stops a hook, which hears of it", async () => {
    let signal: AbortSignal | undefined;
    const { clock, runtime } = setUp({
      hooks: {
        slow: (call) => {
          signal = call.signal;
          return new Promise(() => {});
        },
      },
    });
    const run = runtime.start(chainOf({ handler: "hook", hook: { name: "slow" }, timeout: "2s" }), "Hi");
    await clock.advance(2_000);
    expect(await run.result()).toMatchObject({ status: "failed", steps: [{ error: { code: "task_timeout" } }] });
    expect(signal?.aborted).toBe(true);
  });

  test("is cut off in the middle of its text", async () => {
    const { clock, backend, runtime } = setUp();
    backend.reply({ text: "one two three", chunkDelayMs: 600 });
    const run = runtime.start(chainOf({ handler: "raw_string", timeout: "1s" }), "Hi");
    const pieces: string[] = [];
    const reading = (async () => {
      for await (const piece of run.textStream) pieces.push(piece);
    })();
    const failed = reading.catch((error: unknown) => error);
    await clock.advance(1_000);
    expect(await failed).toMatchObject({ code: "task_failed", failure: "timeout" });
    expect(pieces).toEqual(["one", " two"]);
    expect(clock.pending).toBe(0);
  });
});

test("a task that is in time leaves no timer behind", async () => {
  const { clock, backend, runtime } = setUp();
  backend.reply({ text: "fine", delayMs: 999 });
  const run = runtime.start(chainOf({ handler: "raw_string", timeout: "1s" }), "Hi");
  await clock.advance(999);
  expect(await run.result()).toMatchObject({ status: "ok" });
  expect(clock.pending).toBe(0);
});

test.each(["0", "0s", ""])("the timeout %j is none", async (timeout) => {
  const { clock, backend, runtime } = setUp();
  backend.reply({ text: "fine", delayMs: 86_400_000 });
  const execute_config = { routing: { deadline: "0" } };
  const run = runtime.start(chainOf({ handler: "raw_string", timeout, execute_config }), "Hi");
  await clock.advance(86_400_000);
  expect(await run.result()).toMatchObject({ status: "ok", output: "fine" });
});

test("the time of a slow list of models counts too", async () => {
  const held = Promise.withResolvers<readonly string[]>();
  const clock = createVirtualClock();
  const runtime = createRuntime({ backends: [scriptedBackend({ models: () => held.promise })], clock });
  const run = runtime.start(chainOf({ handler: "raw_string", timeout: "1s" }), "Hi");
  await clock.advance(1_000);
  expect(await run.result()).toMatchObject({ status: "failed", error: { failure: "timeout" } });
  held.resolve([]);
  await clock.runAll();
  expect(clock.pending).toBe(0);
});

describe("the deadline of a step", () => {
  const start = (runtime: Runtime, task: object) => runtime.start(chainOf({ handler: "raw_string", ...task }), "Hi");

  test("is ten minutes over all of its attempts, of which none begins after it", async () => {
    const { clock, backend, runtime } = setUp();
    const late = { text: "late", delayMs: 7 * 60_000, error: { status: 500 } };
    backend.reply(late, late, late, late);
    const run = start(runtime, { retry_on_failure: 5 });
    await clock.advance(10 * 60_000 - 1);
    expect(backend.calls).toHaveLength(2);
    await clock.advance(1);
    const result = await run.result();
    expect(result).toMatchObject({
      status: "failed",
      error: { failure: "timeout", cause: { code: "deadline_exceeded" } },
    });
    expect(result.steps).toHaveLength(2);
    expect([backend.calls.length, clock.pending]).toEqual([2, 0]);
  });

  test("is what routing says, and the signal of the candidate aborts with it", async () => {
    const { clock, backend, runtime } = setUp();
    backend.reply({ text: "late", hang: true });
    const run = start(runtime, { execute_config: { routing: { deadline: "90s" } } });
    await clock.advance(90_000);
    expect(await run.result()).toMatchObject({
      status: "failed",
      error: { cause: { message: expect.stringContaining("routing.deadline") } },
      steps: [{ route: { tried: [{ durationMs: 90_000, error: { code: "deadline_exceeded" } }] } }],
    });
    const [call] = backend.calls;
    expect(call?.kind === "generate" && call.options.abortSignal?.aborted).toBe(true);
  });

  test("is told with what failed before it", async () => {
    const { clock, backend, runtime } = setUp();
    const other = scriptedBackend({ id: "b", clock, replies: [{ hang: true }] });
    await runtime.backends.create(other);
    backend.reply({ text: "", error: { status: 500 } });
    const run = start(runtime, { execute_config: { routing: { deadline: "1s", policy: "ordered" } } });
    await clock.advance(1000);
    expect(await run.result()).toMatchObject({
      error: {
        cause: { code: "deadline_exceeded", details: { backend: "b", attempts: [{ failure: "server_error" }] } },
      },
    });
  });
});
