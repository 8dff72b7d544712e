import { describe, expect, test } from "vitest";
import { fail, goto, play, programOf, scripted, succeed, text } from "../../tests/play-facts.ts";

describe("a task whose input cannot be made", () => {
  test("has failed before it began, and its on_failure is entered", () => {
    const program = programOf([
      { id: "a", promptTemplate: "{{.input.name}}", transition: goto("end", "repair") },
      { id: "repair" },
    ]);
    const { effects, events, state } = play(program, scripted({ repair: "mended" }));
    expect(effects).toMatchObject([{ key: "repair#1", input: text("in") }, { kind: "finish" }]);
    expect(events.map(({ kind }) => kind)).toEqual([
      "run_started",
      "step_started",
      "step_failed",
      "step_started",
      "step_completed",
      "run_completed",
    ]);
    expect(state).toMatchObject({ status: "completed", output: text("mended"), steps: 2 });
  });

  test("fails the run where it has none", () => {
    const { state } = play(programOf([{ id: "a", inputVar: "nobody" }]), scripted({}));
    expect(state).toMatchObject({
      status: "failed",
      error: { code: "task_failed", cause: { code: "variable_not_set" } },
    });
  });

  test("hands its variable on as it was before the template that failed", () => {
    const program = programOf([
      { id: "a", transition: goto("b") },
      {
        id: "b",
        inputVar: "input",
        promptTemplate: "{{.input.name}}",
        transition: goto("end", "repair"),
      },
      { id: "repair" },
    ]);
    const { effects, events } = play(program, scripted({ a: { type: "int", value: 7 } }));
    expect(effects).toMatchObject([{ key: "a#1" }, { key: "repair#1", input: text("in") }, { kind: "finish" }]);
    expect(events.find(({ kind }) => kind === "step_failed")).toMatchObject({ step: { inputType: "string" } });
  });

  test("is described to its recovery as any failed task is", () => {
    const program = programOf([
      { id: "a", inputVar: "nobody", transition: goto("end", "repair") },
      { id: "repair", promptTemplate: "{{.failed_task}}: {{.error}}" },
    ]);
    const { effects } = play(program, scripted({}));
    expect(effects).toMatchObject([
      { input: { type: "string", value: expect.stringMatching(/^a: the variable nobody/) } },
      { kind: "finish" },
    ]);
  });

  test("counts as a visit, so that every step has a key of its own", () => {
    const program = programOf([{ id: "a", inputVar: "nobody", transition: goto("end", "a") }]);
    const { events } = play(program, scripted({}), { stepBudget: 3 });
    const keys = events.flatMap((event) => (event.kind === "step_failed" ? [event.step.key] : []));
    expect(keys).toEqual(["a#1", "a#2", "a#3"]);
  });

  test("whose on_failure is itself ends at the step budget, not in a recursion", () => {
    const program = programOf([{ id: "a", inputVar: "nobody", transition: goto("end", "a") }]);
    const { state, effects } = play(program, scripted({}), { stepBudget: 20_000 });
    expect(state).toMatchObject({ status: "failed", steps: 20_000, error: { code: "step_budget_exceeded" } });
    expect(effects).toHaveLength(1);
  });
});

describe("the step budget", () => {
  const spin = programOf([{ id: "a", transition: goto("a") }]);

  test("ends a cycle without a way out, with the numbers and what to do", () => {
    const { state, effects } = play(spin, scripted({}), { stepBudget: 5 });
    expect(effects.filter(({ kind }) => kind === "execute")).toHaveLength(5);
    expect(state).toMatchObject({
      status: "failed",
      steps: 5,
      error: {
        code: "step_budget_exceeded",
        failure: "chain",
        details: { steps: 5, stepBudget: 5 },
        message: expect.stringMatching(/5 steps.*stepBudget/),
      },
    });
  });

  test("is enough where the run ends with its last step", () => {
    expect(play(programOf([{ id: "a" }]), scripted({ a: "x" }), { stepBudget: 1 }).state.status).toBe("completed");
  });

  test("is no task's failure: on_failure does not catch it", () => {
    const program = programOf([{ id: "a", transition: goto("a", "repair") }, { id: "repair" }]);
    const { state, effects } = play(program, scripted({}), { stepBudget: 3 });
    expect(effects.every(({ key }) => !key.startsWith("repair"))).toBe(true);
    expect(state).toMatchObject({ error: { code: "step_budget_exceeded" } });
  });

  test("counts steps, not attempts", () => {
    const program = programOf([{ id: "a", retryOnFailure: 2 }]);
    const { state } = play(program, (effect) => (effect.attempt < 3 ? fail(effect) : succeed(effect, "x")), {
      stepBudget: 1,
    });
    expect(state).toMatchObject({ status: "completed", steps: 1 });
  });
});

describe("on_failure", () => {
  test("leads on with what the failed task was given, after its template", () => {
    const program = programOf([
      { id: "a", promptTemplate: "ask {{.input}}", transition: goto("end", "repair") },
      { id: "repair" },
    ]);
    const { effects } = play(program, scripted({ a: { message: "broken" } }));
    expect(effects).toMatchObject([{ key: "a#1" }, { key: "repair#1", input: text("ask in") }, { kind: "finish" }]);
  });

  test("sets error to the message and failed_task to the id", () => {
    const program = programOf([
      { id: "a", transition: goto("end", "repair") },
      { id: "repair", promptTemplate: "{{.failed_task}}: {{.error}}" },
    ]);
    const { effects } = play(program, scripted({ a: { message: "broken" } }));
    expect(effects).toMatchObject([{}, { input: text("a: broken") }, {}]);
  });

  test("leaves error to a task of that name", () => {
    const program = programOf([
      { id: "error", transition: goto("a") },
      { id: "a", transition: goto("end", "repair") },
      { id: "repair", promptTemplate: "{{.error}} {{.failed_task}}" },
    ]);
    const { effects } = play(program, scripted({ error: "mine", a: { message: "broken" } }));
    expect(effects).toMatchObject([{}, {}, { input: text("mine a") }, {}]);
  });

  test("may be the end, which gives back what the failed task was given", () => {
    const program = programOf([{ id: "a", promptTemplate: "ask {{.input}}", transition: goto("a", "end") }]);
    const { state, events } = play(program, scripted({ a: { message: "broken" } }));
    expect(state).toMatchObject({ status: "completed", output: text("ask in") });
    expect(events.find(({ kind }) => kind === "step_failed")).toMatchObject({ goto: "end" });
  });

  test("may lead back to the failed task, which has all its retries again", () => {
    const program = programOf([
      { id: "a", retryOnFailure: 1, transition: goto("end", "repair") },
      { id: "repair", transition: goto("a") },
    ]);
    const { effects, state } = play(program, scripted({ a: [{}, {}], "a#2": [{}, "good"] }));
    expect(
      effects.map((effect) => (effect.kind === "execute" ? `${effect.key} ${effect.attempt}` : effect.kind)),
    ).toEqual(["a#1 1", "a#1 2", "repair#1 1", "a#2 1", "a#2 2", "finish"]);
    expect(state.status).toBe("completed");
  });
});

test("a failure after several attempts says how many", () => {
  const { state } = play(programOf([{ id: "a", retryOnFailure: 2 }]), scripted({ a: [{ message: "broken" }] }));
  expect(state).toMatchObject({
    error: { message: "task a failed after 3 attempts: broken", details: { attempts: 3 } },
  });
});
