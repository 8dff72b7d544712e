import { expect, test } from "vitest";
import { programOf, text } from "../../tests/play-facts.ts";
import { NO_USAGE } from "../value/usage.ts";
import { NO_CALLS } from "./call-report.ts";
import type { RunningState, Thread } from "./run-state.ts";
import { Turn } from "./turn.ts";

const program = programOf([{ id: "a" }]);

function thread(path: string): Thread {
  const current = { key: `${path}a#1`, task: 0, visit: 1, attempt: 1, input: text("in"), tries: 0 };
  return { path, variables: [], visits: [1], current };
}

function running(...paths: readonly string[]): RunningState {
  const threads = Object.fromEntries(paths.map((path) => [path, thread(path)]));
  return { status: "running", runId: "run", steps: 3, events: 7, usage: NO_USAGE, stepBudget: 9, threads };
}

test("events are numbered on from those that there are", () => {
  const turn = new Turn(program, running(""), 5);
  expect([turn.nextSeq(), turn.nextSeq()]).toEqual([7, 8]);
  expect(turn.goOn(thread(""))).toMatchObject({ events: 9, steps: 3 });
});

test("usage is added up, and a call that told nothing adds nothing", () => {
  const turn = new Turn(program, running(""), 5);
  turn.count(NO_CALLS);
  expect(turn.usage).toEqual(NO_USAGE);
  turn.count({ tries: 1, usage: { inputTokens: 2, outputTokens: undefined } });
  turn.count({ tries: 1, usage: { inputTokens: 3, outputTokens: 1 } });
  expect(turn.usage).toEqual({ inputTokens: 5, outputTokens: 1 });
});

test("going on changes one thread and keeps the others", () => {
  const turn = new Turn(program, running("", "fan[0]"), 5);
  const changed = { ...thread(""), visits: [2] };
  expect(turn.goOn(changed)).toMatchObject({ threads: { "": changed, "fan[0]": thread("fan[0]") } });
});

test("cancelling aborts what every thread waits for, then finishes", () => {
  const turn = new Turn(program, running("", "fan[0]"), 5);
  expect(turn.cancel({ kind: "cancel_requested", at: 5, reason: "enough" })).toMatchObject({
    status: "cancelled",
    reason: "enough",
  });
  expect(turn.effects).toEqual([
    { kind: "cancel", key: "a#1" },
    { kind: "cancel", key: "fan[0]a#1" },
    { kind: "finish", key: "#finish", status: "cancelled", reason: "enough" },
  ]);
});

test("a place without a task is a defect of ours and says so", () => {
  expect(() => new Turn(program, running(""), 5).task(1)).toThrow(expect.objectContaining({ code: "engine_defect" }));
});
