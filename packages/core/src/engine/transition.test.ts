import { describe, expect, test } from "vitest";
import { fail, goto, play, programOf, scripted, started, succeed, text } from "../../tests/play-facts.ts";
import { NEW_RUN } from "./run-state.ts";
import { transition } from "./transition.ts";

const two = programOf([{ id: "a", transition: goto("b") }, { id: "b" }]);

describe("the start of a run", () => {
  test("asks for the first attempt of the first task, with the input", () => {
    const { state, effects, events } = transition(two, NEW_RUN, started());
    expect(state).toMatchObject({ status: "running", runId: "run", steps: 1, events: 2 });
    expect(effects).toEqual([
      {
        kind: "execute",
        key: "a#1",
        thread: "",
        task: 0,
        attempt: 1,
        delayMs: 0,
        input: text("in"),
        triesLeft: 3,
      },
    ]);
    expect(events).toMatchObject([
      { kind: "run_started", seq: 0, at: 1000, chainId: "chain", chainHash: "hash", inputType: "string" },
      {
        kind: "step_started",
        seq: 1,
        at: 1000,
        key: "a#1",
        taskId: "a",
        handler: "noop",
        visit: 1,
        inputType: "string",
      },
    ]);
  });

  test("sets the variables that the chain declares, and the input wins over one of its name", () => {
    const program = programOf([{ id: "a", promptTemplate: "{{.input}} {{.who}}" }], { variables: { who: "string" } });
    const variables = { who: text("you"), input: text("other"), nobody: text("x") };
    const { effects } = transition(program, NEW_RUN, started({ variables }));
    expect(effects).toMatchObject([{ input: text("in you") }]);
  });

  test("of a chain without tasks is its end", () => {
    const { state, effects } = transition(programOf([]), NEW_RUN, started());
    expect(state).toMatchObject({ status: "completed", output: text("in") });
    expect(effects).toMatchObject([{ kind: "finish", key: "#finish", status: "completed" }]);
  });
});

describe("a run", () => {
  test("hands each task's output to the next, and ends with the last one's", () => {
    const { state, effects, events } = play(two, scripted({ a: "one", b: "two" }));
    expect(state).toMatchObject({ status: "completed", output: text("two"), steps: 2 });
    expect(effects).toMatchObject([
      { key: "a#1", input: text("in") },
      { key: "b#1", input: text("one") },
      { kind: "finish", status: "completed", output: text("two") },
    ]);
    expect(events.map(({ kind }) => kind)).toEqual([
      "run_started",
      "step_started",
      "step_completed",
      "step_started",
      "step_completed",
      "run_completed",
    ]);
  });

  test("visits a task of a cycle under a new key each time", () => {
    const branches = [
      { operator: "equals" as const, when: "done", goto: "end" },
      { operator: "default" as const, when: "", goto: "a" },
    ];
    const program = programOf([{ id: "a", transition: { branches } }]);
    const { effects, state } = play(program, scripted({ a: "more", "a#3": "done" }));
    expect(effects.map(({ key }) => key)).toEqual(["a#1", "a#2", "a#3", "#finish"]);
    expect(state).toMatchObject({ status: "completed", steps: 3 });
  });

  test("fails with the step that failed, its key and its cause where nothing catches it", () => {
    const { state } = play(two, scripted({ a: { code: "raised", message: "no", failure: "chain" } }));
    expect(state).toMatchObject({
      status: "failed",
      error: {
        code: "task_failed",
        message: "task a failed: no",
        failure: "chain",
        details: { taskId: "a", key: "a#1", attempts: 1 },
        cause: { code: "raised", message: "no" },
      },
    });
  });

  test("adds up what its model calls used, those that failed included", () => {
    const calls = { tries: 1, usage: { inputTokens: 3, outputTokens: 1 } };
    const program = programOf([{ id: "a", retryOnFailure: 1 }]);
    const { state } = play(program, (effect) =>
      effect.attempt === 1 ? fail(effect, {}, { calls }) : succeed(effect, "x", { calls }),
    );
    expect(state).toMatchObject({ usage: { inputTokens: 6, outputTokens: 2 } });
  });
});

describe("facts that answer nothing", () => {
  const { state: running } = transition(two, NEW_RUN, started());
  const over = play(two, scripted({ a: "one", b: "two" })).state;
  const answer = { key: "a#1", attempt: 1 };

  test.each([
    ["a second start", started({ runId: "other" })],
    ["an answer to another step", succeed({ key: "b#1", attempt: 1 }, "x")],
    ["an answer to another visit", succeed({ key: "a#2", attempt: 1 }, "x")],
    ["an answer to another attempt", succeed({ key: "a#1", attempt: 2 }, "x")],
    ["a failure of another attempt", fail({ key: "a#1", attempt: 0 })],
  ])("%s changes nothing", (_, fact) => {
    const decision = transition(two, running, fact);
    expect(decision.state).toBe(running);
    expect(decision).toMatchObject({ effects: [], events: [] });
  });

  test.each([
    ["an answer", succeed(answer, "x")],
    ["a failure", fail(answer)],
    ["a wish to cancel", { kind: "cancel_requested" as const, at: 1, reason: "late" }],
    ["a start", started()],
  ])("%s after the end changes nothing", (_, fact) => {
    const decision = transition(two, over, fact);
    expect(decision.state).toBe(over);
    expect(decision).toMatchObject({ effects: [], events: [] });
  });

  test("an answer before the start changes nothing", () => {
    expect(transition(two, NEW_RUN, succeed(answer, "x"))).toEqual({ state: NEW_RUN, effects: [], events: [] });
    expect(transition(two, NEW_RUN, { kind: "cancel_requested", at: 1, reason: "early" }).state).toBe(NEW_RUN);
  });

  test("the same answer twice counts once", () => {
    const { state } = transition(two, running, succeed(answer, "one"));
    const again = transition(two, state, succeed(answer, "other"));
    expect(again.state).toBe(state);
  });
});

test("a wish to cancel aborts what is under way and ends the run", () => {
  const { state: running } = transition(two, NEW_RUN, started());
  const { state, effects, events } = transition(two, running, { kind: "cancel_requested", at: 1500, reason: "enough" });
  expect(state).toMatchObject({ status: "cancelled", reason: "enough", steps: 1 });
  expect(effects).toMatchObject([
    { kind: "cancel", key: "a#1" },
    { kind: "finish", status: "cancelled" },
  ]);
  expect(events).toMatchObject([{ kind: "run_cancelled", seq: 2, at: 1500, reason: "enough" }]);
});

test("an attempt that a cancellation cuts off has a record, and its step is closed", () => {
  const { state: running } = transition(two, NEW_RUN, started());
  const attempts = [{ key: "a#1", attempt: 1, startedAt: 1100, calls: { tries: 1, model: "m", backend: "b" } }];
  const { events } = transition(two, running, { kind: "cancel_requested", at: 1500, reason: "enough", attempts });
  expect(events.map(({ kind }) => kind)).toEqual(["step_failed", "run_cancelled"]);
  expect(events[0]).toMatchObject({
    step: { key: "a#1", attempt: 1, startedAt: 1100, durationMs: 400, model: "m", error: { code: "run_cancelled" } },
  });
});
