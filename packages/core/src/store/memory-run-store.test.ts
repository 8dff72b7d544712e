import { describe, expect, test } from "vitest";
import { play, programOf, scripted, started, text } from "../../tests/play-facts.ts";
import type { RecordedEvent } from "../engine/run-event.ts";
import { NEW_RUN, type RunState } from "../engine/run-state.ts";
import type { StepRecord } from "../engine/step-record.ts";
import { transition } from "../engine/transition.ts";
import { NO_USAGE } from "../value/usage.ts";
import { createMemoryRunStore } from "./memory-run-store.ts";
import type { RunCommit, RunStore } from "./run-store.ts";

const program = programOf([{ id: "a" }]);
const { state: running } = transition(program, NEW_RUN, started());
const completed: RunState = {
  status: "completed",
  runId: "run",
  steps: 1,
  events: 4,
  usage: NO_USAGE,
  output: text("x"),
};
const step = play(program, scripted({ a: "x" })).events.flatMap((event) => ("step" in event ? [event.step] : []))[0];

function commit(runId: string, more: Partial<RunCommit> = {}): RunCommit {
  return {
    runId,
    epoch: 0,
    chainId: "chain",
    chainHash: "hash",
    steps: [],
    facts: [],
    events: [],
    state: running,
    ...more,
  };
}

function stepsOf(count: number): readonly StepRecord[] {
  return step === undefined ? [] : new Array<StepRecord>(count).fill(step);
}

async function idsIn(store: RunStore): Promise<readonly string[]> {
  return (await store.list()).map(({ runId }) => runId);
}

describe("a run that is kept", () => {
  test("grows with each commit", async () => {
    const store = createMemoryRunStore();
    const { facts, events } = play(program, scripted({ a: "x" }));
    await store.commit(commit("run", { facts: facts.slice(0, 1), events: events.slice(0, 2) }));
    await store.commit(
      commit("run", { facts: facts.slice(1), events: events.slice(2), steps: stepsOf(1), state: completed }),
    );
    expect(await store.load("run")).toEqual({
      runId: "run",
      chainId: "chain",
      chainHash: "hash",
      epoch: 0,
      state: completed,
      steps: stepsOf(1),
      facts,
    });
    expect(await store.readEvents("run", 0)).toEqual(events);
  });

  test("gives its events from any place on", async () => {
    const store = createMemoryRunStore();
    const { events } = play(program, scripted({ a: "x" }));
    await store.commit(commit("run", { events }));
    const seqs = async (from: number): Promise<readonly number[]> =>
      (await store.readEvents("run", from)).map(({ seq }: RecordedEvent) => seq);
    expect(await seqs(2)).toEqual([2, 3]);
    expect(await seqs(4)).toEqual([]);
    expect(await seqs(99)).toEqual([]);
    expect(await seqs(-1)).toEqual([0, 1, 2, 3]);
  });

  test("does not change in the hands of whoever loaded it", async () => {
    const store = createMemoryRunStore();
    await store.commit(commit("run", { steps: stepsOf(1) }));
    const before = await store.load("run");
    await store.commit(commit("run", { steps: stepsOf(2) }));
    expect(before?.steps).toHaveLength(1);
    expect((await store.load("run"))?.steps).toHaveLength(3);
  });
});

test("a run that nobody knows is undefined and has no events", async () => {
  const store = createMemoryRunStore();
  expect(await store.load("nobody")).toBeUndefined();
  expect(await store.readEvents("nobody", 0)).toEqual([]);
});

test("runs are listed with the newest first, as many as are asked for", async () => {
  const store = createMemoryRunStore();
  for (const id of ["one", "two", "three"]) await store.commit(commit(id));
  await store.commit(commit("one", { state: completed }));
  expect(await store.list()).toEqual([
    { runId: "three", chainId: "chain", status: "running" },
    { runId: "two", chainId: "chain", status: "running" },
    { runId: "one", chainId: "chain", status: "completed" },
  ]);
  expect(await store.list({ limit: 1 })).toMatchObject([{ runId: "three" }]);
  expect(await store.list({ limit: 1, before: "three" })).toMatchObject([{ runId: "two" }]);
  expect(await store.list({ before: "two" })).toMatchObject([{ runId: "one" }]);
  for (const before of ["one", "forgotten"]) expect(await store.list({ before })).toEqual([]);
});

describe("what is kept is bounded", () => {
  test("by the number of ended runs: the one that ended first goes first", async () => {
    const store = createMemoryRunStore({ keepRuns: 2 });
    for (const id of ["one", "two", "three"]) await store.commit(commit(id));
    for (const id of ["two", "one", "three"]) await store.commit(commit(id, { state: completed }));
    expect(await idsIn(store)).toEqual(["three", "one"]);
    expect(await store.load("two")).toBeUndefined();
    expect(await store.readEvents("two", 0)).toEqual([]);
  });

  test("by the steps of all ended runs together, but the last one always stays", async () => {
    const store = createMemoryRunStore({ keepSteps: 10 });
    await store.commit(commit("small", { steps: stepsOf(4), state: completed }));
    await store.commit(commit("other", { steps: stepsOf(6), state: completed }));
    expect(await idsIn(store)).toEqual(["other", "small"]);
    await store.commit(commit("third", { steps: stepsOf(1), state: completed }));
    expect(await idsIn(store)).toEqual(["third", "other"]);
    await store.commit(commit("huge", { steps: stepsOf(50), state: completed }));
    expect(await idsIn(store)).toEqual(["huge"]);
  });

  test("but never takes a run that is under way", async () => {
    const store = createMemoryRunStore({ keepRuns: 1, keepSteps: 1 });
    await store.commit(commit("going", { steps: stepsOf(99) }));
    for (const id of ["one", "two"]) await store.commit(commit(id, { state: completed }));
    expect(await idsIn(store)).toEqual(["two", "going"]);
  });

  test("and may be nothing", async () => {
    const store = createMemoryRunStore({ keepRuns: 0 });
    await store.commit(commit("one", { state: completed }));
    expect(await idsIn(store)).toEqual([]);
  });

  test("or not at all", async () => {
    const store = createMemoryRunStore({ keepRuns: Number.POSITIVE_INFINITY });
    for (let place = 0; place < 120; place++) await store.commit(commit(`run-${place}`, { state: completed }));
    expect(await store.list({ limit: 1000 })).toHaveLength(120);
  });

  test.each([-1, Number.NaN, "100", null, {}])("and not by %j", (keepRuns) => {
    // Safe: a bound of another type is what is tested.
    expect(() => createMemoryRunStore({ keepRuns: keepRuns as number })).toThrow(
      expect.objectContaining({ code: "settings_invalid", message: expect.stringContaining("keepRuns") }),
    );
  });

  test("to a hundred runs where nobody says", async () => {
    const store = createMemoryRunStore();
    for (let place = 0; place < 120; place++) await store.commit(commit(`run-${place}`, { state: completed }));
    expect(await store.list({ limit: 1000 })).toHaveLength(100);
  });
});
