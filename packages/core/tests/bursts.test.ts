import { createVirtualClock, type ScriptedReply, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { BackendRouting } from "../src/model/backend-routing.ts";
import { errorOf } from "./fixtures/error-of.ts";

const CALLS = 300;

/** A backend that gives each call the same, and one beside it that is well and has nothing to do. */
function setUp(reply: ScriptedReply, routing: BackendRouting = {}) {
  const clock = createVirtualClock();
  const ill = scriptedBackend({ id: "ill", clock, replies: Array(2 * CALLS).fill(reply) });
  const well = scriptedBackend({ id: "well", clock, replies: Array(2 * CALLS).fill("fine") });
  const runtime = createRuntime({ backends: [{ ...ill, routing }, well], clock, defaults: { policy: "ordered" } });
  const ask = async () => (await runtime.prompt("Hi", { routing: { deadline: "15s" } })).text;
  const burst = (count: number) => Promise.all(Array.from({ length: count }, ask));
  return { clock, ill, well, runtime, burst };
}

describe("a burst of calls on a server that fails, with an idle one beside it, is answered", () => {
  test.each<readonly [string, ScriptedReply]>([
    ["with a status of 500", { error: { message: "broken", status: 500 } }],
    ["with a status of 429", { error: { message: "slow down", status: 429 } }],
    ["with a refused key", { error: { message: "wrong key", status: 401 } }],
    ["with a broken connection", { error: { message: "ECONNREFUSED" } }],
  ])("%s", async (_name, reply) => {
    const { burst, well } = setUp(reply);
    expect(new Set(await burst(CALLS))).toEqual(new Set(["fine"]));
    expect(well.calls).toHaveLength(CALLS);
  });

  test("by silence", async () => {
    const { clock, burst } = setUp({ hang: true }, { answerTimeoutMs: 2_000 });
    const answers = burst(CALLS);
    await clock.advance(14_000);
    expect(new Set(await answers)).toEqual(new Set(["fine"]));
  });
});

test("whoever finds out whether a silent server is well again is answered by another one", async () => {
  const { clock, burst, ill } = setUp({ hang: true }, { answerTimeoutMs: 2_000 });
  const first = burst(30);
  await clock.advance(14_000);
  await first;
  const before = ill.calls.length;
  for (let at = 0; at < 10; at++) {
    const answer = burst(1);
    await clock.advance(14_000);
    expect(await answer).toEqual(["fine"]);
  }
  expect(ill.calls.length).toBeGreaterThan(before);
});

test("a key that is refused costs no caller an answer, however often it is tried again", async () => {
  const { clock, burst, ill } = setUp({ error: { message: "wrong key", status: 401 } });
  for (let minute = 0; minute < 5; minute++) {
    expect(await burst(1)).toEqual(["fine"]);
    await clock.advance(61_000);
  }
  expect(ill.calls).toHaveLength(5);
});

test("a refused key is what is told where nobody else is there", async () => {
  const backend = scriptedBackend({ id: "ill", replies: [{ error: { message: "wrong key", status: 401 } }] });
  expect(await errorOf(createRuntime({ backends: [backend] }).prompt("Hi"))).toMatchObject({ failure: "auth" });
});

test("more calls at once than places and line hold fail at once, naming the backend; a longer line holds them", async () => {
  const run = async (routing: BackendRouting) => {
    const clock = createVirtualClock();
    const one = scriptedBackend({ id: "one", clock, replies: Array(50).fill({ text: "fine", delayMs: 100 }) });
    const runtime = createRuntime({ backends: [{ ...one, routing }], clock });
    const answers = Promise.allSettled(Array.from({ length: 50 }, () => runtime.prompt("Hi")));
    await clock.advance(5_000);
    return (await answers).flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  };
  const failed = await run({ concurrency: 4 });
  expect(failed).toHaveLength(50 - 4 - 8);
  expect(failed[0]).toMatchObject({ reason: "overloaded", details: { backend: "one" } });
  expect(await run({ concurrency: 4, queueLength: 50 })).toEqual([]);
});

test("of others that are known to take no calls a failed call says why they were not asked", async () => {
  const ill = scriptedBackend({ id: "ill", replies: Array(2).fill({ error: { message: "broken", status: 500 } }) });
  const busy = scriptedBackend({ id: "busy", replies: [{ error: { message: "slow down", status: 429 } }] });
  const runtime = createRuntime({ backends: [ill, busy], defaults: { policy: "ordered" } });
  await errorOf(runtime.prompt("Hi"));
  expect(await errorOf(runtime.prompt("Hi"))).toMatchObject({
    failure: "server_error",
    message: expect.stringContaining("nobody else could be asked (scripted on busy: it asked to be left alone"),
    details: { others: expect.stringContaining("busy") },
  });
});
