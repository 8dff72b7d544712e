import { expect, test } from "vitest";
import { defineChain } from "../chain/define-chain.ts";
import { createRuntime } from "../create-runtime.ts";
import type { RunEvent } from "../engine/run-event.ts";

const CHAIN = defineChain({
  id: "pause",
  tasks: { first: { handler: "noop", next: "wait" }, wait: { handler: "hook", hook: { name: "wait" } } },
});

async function kindsOf(events: AsyncIterable<RunEvent>): Promise<readonly string[]> {
  const kinds: string[] = [];
  for await (const event of events) kinds.push(`${event.seq} ${event.kind}`);
  return kinds;
}

function createWaiting() {
  let release = () => {};
  const waiting = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { release: () => release(), runtime: createRuntime({ hooks: { wait: () => waiting.then(() => "over") } }) };
}

test("the events of a run that is under way are those that were and those that come, from a place on", async () => {
  const { runtime, release } = createWaiting();
  const run = runtime.start(CHAIN, "x");
  await expect.poll(async () => (await runtime.runs.get(run.id))?.steps.length).toBe(1);
  const all = kindsOf(runtime.runs.events(run.id));
  const rest = kindsOf(runtime.runs.events(run.id, { from: 4 }));
  release();
  expect(await all).toEqual([
    "0 run_started",
    "1 step_started",
    "2 step_completed",
    "3 step_started",
    "4 step_completed",
    "5 run_completed",
  ]);
  expect(await rest).toEqual(["4 step_completed", "5 run_completed"]);
});

test("the events of a run that is over are those that the store keeps", async () => {
  const { runtime, release } = createWaiting();
  release();
  const { runId } = await runtime.run(CHAIN, "x");
  expect(await kindsOf(runtime.runs.events(runId, { from: 3 }))).toEqual([
    "3 step_started",
    "4 step_completed",
    "5 run_completed",
  ]);
});

test("a run that nobody knows has no events", async () => {
  const { runtime } = createWaiting();
  expect(await kindsOf(runtime.runs.events("none"))).toEqual([]);
  expect(runtime.runs.cancel("none")).toBe(false);
});

test("a reader that leaves a run's events in between is let go at once", async () => {
  const { runtime, release } = createWaiting();
  const run = runtime.start(CHAIN, "x");
  const events = runtime.runs.events(run.id, { from: 4 });
  const next = events.next();
  await events.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  release();
  await run.result();
});
