import { createVirtualClock } from "@catenary/testing";
import { expect, test, vi } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { RunEvent } from "../src/engine/run-event.ts";
import { createMemoryRunStore } from "../src/store/memory-run-store.ts";
import type { RunCommit, RunStore } from "../src/store/run-store.ts";
import { chainOf, to } from "./fixtures/chain-of.ts";

/** A store whose `commit` does something else, or something before it keeps what it got. */
function storeThat(commit: (keep: () => void, what: RunCommit) => unknown): RunStore {
  const kept = createMemoryRunStore();
  return {
    load: (runId) => kept.load(runId),
    list: (range) => kept.list(range),
    readEvents: (runId, from) => kept.readEvents(runId, from),
    // Safe: what stores written in JavaScript return is what is tested.
    commit: (what) => commit(() => kept.commit(what), what) as Promise<void>,
  };
}

async function read(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const seen: RunEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

const two = chainOf([
  { id: "a", handler: "noop", transition: to("b") },
  { id: "b", handler: "noop" },
]);

test("a store that gives a thenable is waited for before anything is done", async () => {
  const kept: string[] = [];
  const store = storeThat((keep, { facts }) => ({
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested.
    then(done: () => void) {
      setTimeout(() => {
        keep();
        kept.push(...facts.map(({ kind }) => kind));
        done();
      }, 0);
    },
  }));
  await using runtime = createRuntime({ store });
  const begun: number[] = [];
  runtime.on("step_started", () => begun.push(kept.length));
  expect((await runtime.run(two, "Hi")).output).toBe("Hi");
  expect(begun).toEqual([1, 2]);
});

test.each([
  ["the first", 0, ["run_failed"]],
  ["a later", 1, ["run_started", "step_started", "run_failed"]],
])("%s commit that fails is told to all who listen", async (_which, good, expected) => {
  let commits = 0;
  const store = storeThat((keep) => (commits++ < good ? keep() : Promise.reject(new Error("disk full"))));
  const log = vi.fn();
  await using runtime = createRuntime({ store, logger: { log } });
  const heard: string[] = [];
  const all: string[] = [];
  runtime.on("run_failed", ({ error }) => heard.push(error.message));
  runtime.on("*", ({ kind, seq }) => all.push(`${seq} ${kind}`));
  const run = runtime.start(two, "Hi");
  const events = await read(run.events());
  expect(events.map(({ kind }) => kind)).toEqual(expected);
  expect(events.at(-1)).toMatchObject({
    kind: "run_failed",
    runId: run.id,
    seq: expected.length - 1,
    error: { message: "disk full" },
  });
  expect(all).toEqual(expected.map((kind, seq) => `${seq} ${kind}`));
  expect(heard).toEqual(["disk full"]);
  expect(log.mock.lastCall).toMatchObject(["error", "run_failed", { runId: run.id }]);
  expect((await read(run.events())).map(({ kind }) => kind)).toEqual(expected);
});

test("a commit that was kept although it failed hides the end from nobody", async () => {
  const store = storeThat((keep) => {
    keep();
    return Promise.reject(new Error("connection lost"));
  });
  await using runtime = createRuntime({ store });
  const run = runtime.start(two, "Hi");
  const following = run.events();
  await run.result();
  const events = await read(following);
  expect(events.map(({ kind }) => kind)).toEqual(["run_started", "step_started", "run_failed"]);
});

test("a cancelled run whose store hangs ends after five seconds", async () => {
  const clock = createVirtualClock();
  let release = () => {};
  const kept: string[] = [];
  const store = storeThat(async (keep, { facts }) => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    keep();
    kept.push(...facts.map(({ kind }) => kind));
  });
  const runtime = createRuntime({ store, clock });
  const heard: RunEvent[] = [];
  runtime.on("*", (event) => heard.push(event));
  const run = runtime.start(two, "Hi");
  await Promise.resolve();
  run.cancel("enough");
  run.cancel("really");
  let isOver = false;
  const ended = run.result().then((result) => {
    isOver = true;
    return result;
  });
  await clock.advance(4_999);
  expect(isOver).toBe(false);
  await clock.advance(1);
  expect(await ended).toMatchObject({
    status: "cancelled",
    error: { code: "run_cancelled", message: expect.stringMatching(/enough.*store.*5 seconds/) },
  });
  expect(heard).toMatchObject([{ kind: "run_cancelled", seq: 0, reason: "enough" }]);
  // The store wakes up: it learns how the run ended, and nobody else is told anything more.
  release();
  await vi.waitFor(() => expect(kept).toEqual(["run_started"]));
  release();
  await vi.waitFor(() => expect(kept).toEqual(["run_started", "cancel_requested"]));
  expect(heard).toHaveLength(1);
  expect(await runtime.runs.get(run.id)).toMatchObject({ state: { status: "cancelled" } });
});

test("closing a runtime whose store hangs ends too", async () => {
  const clock = createVirtualClock();
  const runtime = createRuntime({ store: storeThat(() => new Promise(() => {})), clock });
  const run = runtime.start(two, "Hi");
  await Promise.resolve();
  const closing = runtime.close();
  await clock.advance(5_000);
  await closing;
  expect((await run.result()).status).toBe("cancelled");
});

test("a run that is cancelled in time leaves no timer behind", async () => {
  const clock = createVirtualClock();
  const setTimer = vi.spyOn(clock, "setTimer");
  const store = storeThat(async (keep) => keep());
  const runtime = createRuntime({ store, clock });
  const run = runtime.start(two, "Hi");
  run.cancel();
  expect((await run.result()).status).toBe("cancelled");
  expect(setTimer).toHaveBeenCalledTimes(1);
  expect(clock.pending).toBe(0);
});

test("whoever asks for the events of a run that the store has given up is told how many are gone", async () => {
  await using runtime = createRuntime({ store: createMemoryRunStore({ keepRuns: 1 }) });
  const run = runtime.start(two, "Hi");
  await run.result();
  const all = await read(run.events());
  await runtime.run(two, "another");
  expect(await read(run.events())).toMatchObject([{ kind: "events_dropped", runId: run.id, count: all.length }]);
});
