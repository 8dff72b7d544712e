import { describe, expect, test } from "vitest";
import { fail, goto, play, programOf, scripted, succeed, text } from "../../tests/play-facts.ts";
import type { TaskDefinition } from "../chain/chain.ts";
import type { TypedValue } from "../value/typed-value.ts";

const json = (value: TypedValue["value"]): TypedValue => ({ type: "json", value });

/** What a last task, a template over the variables, is given after `task` had the output. */
function seen(task: Partial<TaskDefinition>, output: TypedValue | string, template: string): unknown {
  const program = programOf([
    { id: "a", ...task, transition: goto("last", "last") },
    { id: "last", promptTemplate: template },
  ]);
  const last = play(program, scripted({ a: output }), { input: json({ kept: 1, both: "in" }) }).effects.at(-2);
  return last?.kind === "execute" ? last.input.value : last;
}

describe("a task that succeeded", () => {
  test("sets the variable of its name and previous_output", () => {
    expect(seen({}, "out", "{{.a}} {{.previous_output}}")).toBe("out out");
  });

  test("combines its output with a variable, and sets all three variables to the result", () => {
    const template = "{{.a}} {{.previous_output}} {{.a_composed}}";
    const combined = '{"both":"in","new":2,"kept":1}';
    expect(seen({ compose: { withVar: "input" } }, json({ both: "out", new: 2 }), template)).toBe(
      `${combined} ${combined} ${combined}`,
    );
  });

  test("is reported with the handler's type and outcome, whatever it is combined with", () => {
    const program = programOf([{ id: "a", compose: { withVar: "input", strategy: "append_string_to_chat_history" } }]);
    const history = { messages: [], model: "", inputTokens: 0, outputTokens: 0 };
    const { events, state } = play(program, scripted({ a: { type: "chat_history", value: history } }));
    expect(events).toMatchObject([{}, {}, { kind: "step_completed", step: { outputType: "chat_history" } }, {}]);
    expect(state).toMatchObject({ output: { type: "chat_history", value: { messages: [{ content: "in" }] } } });
  });

  test("tells where it leads", () => {
    const { events } = play(programOf([{ id: "a", transition: goto("b") }, { id: "b" }]), scripted({}));
    const gotos = events.flatMap((event) => (event.kind === "step_completed" ? [event.goto] : []));
    expect(gotos).toEqual(["b", "end"]);
  });

  test("prints with its own output at hand, after it is told that it is complete", () => {
    const program = programOf([{ id: "a", print: "{{.a}} of {{.input}}" }]);
    const { events } = play(program, scripted({ a: "out" }));
    expect(events.map(({ kind }) => kind)).toEqual([
      "run_started",
      "step_started",
      "step_completed",
      "text_printed",
      "run_completed",
    ]);
    expect(events[3]).toMatchObject({ key: "a#1", taskId: "a", text: "out of in" });
  });
});

describe("what can still fail a task whose handler succeeded", () => {
  const faults: [string, Partial<TaskDefinition>, string][] = [
    ["a variable to combine with that is not set", { compose: { withVar: "nobody" } }, "variable_not_set"],
    ["values that cannot be combined", { compose: { withVar: "input" } }, "compose_failed"],
    ["print", { print: "{{.input.name}}" }, "template_failed"],
    [
      "no branch that matches",
      { transition: { branches: [{ operator: "equals", when: "never", goto: "end" }] } },
      "no_branch_matched",
    ],
  ];

  test.each(faults)("%s fails the run where nothing catches it", (_, task, code) => {
    const { state, events } = play(programOf([{ id: "a", ...task }]), scripted({ a: "out" }));
    expect(state).toMatchObject({ status: "failed", error: { code: "task_failed", cause: { code } } });
    expect(events.filter(({ kind }) => kind === "step_completed" || kind === "text_printed")).toEqual([]);
  });

  test.each(faults)("%s is caught by on_failure, and leaves no output behind", (_, task, code) => {
    const transition = { branches: [], ...task.transition, onFailure: "repair" };
    const program = programOf([
      { id: "a", ...task, transition },
      { id: "repair", inputVar: "failed_task" },
    ]);
    const { events, effects } = play(program, scripted({ a: "out", repair: "mended" }));
    expect(events.find(({ kind }) => kind === "step_failed")).toMatchObject({
      goto: "repair",
      step: { error: { code } },
    });
    expect(effects.at(-1)).toMatchObject({ status: "completed", output: text("mended") });
  });

  test.each(faults)("%s is not tried again, because the same again gives the same", (_, task) => {
    const { effects } = play(programOf([{ id: "a", ...task, retryOnFailure: 3 }]), scripted({ a: "out" }));
    expect(effects.filter(({ kind }) => kind === "execute")).toHaveLength(1);
  });
});

describe("an attempt that failed", () => {
  test("is made again under the same key, with the same input, and is told of", () => {
    const program = programOf([{ id: "a", retry: { max: 2, backoff: "1s", jitter: false } }]);
    const { effects, events } = play(program, scripted({ a: [{ message: "one" }, { message: "two" }, "good"] }));
    expect(effects).toMatchObject([
      { key: "a#1", attempt: 1, delayMs: 0, input: text("in") },
      { key: "a#1", attempt: 2, delayMs: 1000, input: text("in") },
      { key: "a#1", attempt: 3, delayMs: 2000, input: text("in") },
      { status: "completed" },
    ]);
    expect(events.filter(({ kind }) => kind === "step_retrying")).toMatchObject([
      { delayMs: 1000, step: { attempt: 1, error: { message: "one" } } },
      { delayMs: 2000, step: { attempt: 2, error: { message: "two" } } },
    ]);
    expect(events.at(-2)).toMatchObject({ kind: "step_completed", step: { attempt: 3 } });
  });

  test("leaves the next one fewer model calls, but at least one", () => {
    const program = programOf([{ id: "a", retryOnFailure: 4 }]);
    const { effects } = play(program, (effect) =>
      effect.attempt < 4 ? fail(effect, {}, { calls: { tries: effect.attempt } }) : succeed(effect, "x"),
    );
    expect(effects.map((effect) => (effect.kind === "execute" ? effect.triesLeft : effect.kind))).toEqual([
      5,
      4,
      2,
      "finish",
    ]);
  });

  test("leaves the variables as they were", () => {
    expect(seen({}, { type: "string", value: "x" }, "{{.a}}")).toBe("x");
    const program = programOf([
      { id: "a", transition: goto("end", "b") },
      { id: "b", inputVar: "previous_output" },
    ]);
    const { state } = play(program, scripted({ a: {} }));
    expect(state).toMatchObject({ error: { cause: { code: "variable_not_set" } } });
  });
});
