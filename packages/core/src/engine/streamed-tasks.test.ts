import { describe, expect, test } from "vitest";
import { goto, programOf } from "../../tests/play-facts.ts";
import type { TaskDefinition } from "../chain/chain.ts";
import { HANDLER_SPECS } from "../chain/handler-spec.ts";
import { streamedTasks } from "./streamed-tasks.ts";

/** The ids of the tasks whose text is the run's text. */
function streamed(tasks: readonly (Partial<TaskDefinition> & { readonly id: string })[]): readonly string[] {
  const verdicts = streamedTasks(programOf(tasks), (name) => HANDLER_SPECS.find((spec) => spec.name === name));
  return tasks.filter((_, place) => verdicts[place]).map(({ id }) => id);
}

const ask = { handler: "raw_string" };

test("the last task's text is the run's text", () => {
  expect(
    streamed([
      { id: "draft", ...ask, transition: goto("final") },
      { id: "final", ...ask },
    ]),
  ).toEqual(["final"]);
});

test("tasks without text have none", () => {
  expect(streamed([{ id: "a", handler: "condition_key" }])).toEqual([]);
  expect(streamed([{ id: "a", handler: "condition_key", stream: true }])).toEqual([]);
  expect(streamed([{ id: "a", handler: "nobody" }])).toEqual([]);
});

test("noop and convert tasks pass a text on", () => {
  expect(
    streamed([
      { id: "a", handler: "model_execution", transition: goto("convert") },
      { id: "convert", handler: "convert_to_openai_chat_response", transition: goto("rest") },
      { id: "rest" },
    ]),
  ).toEqual(["a"]);
});

describe("what is no longer the text", () => {
  test.each([
    ["a noop with a template", { promptTemplate: "{{.input}}" }],
    ["a noop with another input", { inputVar: "input" }],
    ["a noop that combines", { compose: { withVar: "input" } }],
  ])("%s", (_, rest) => {
    expect(
      streamed([
        { id: "a", ...ask, transition: goto("rest") },
        { id: "rest", ...rest },
      ]),
    ).toEqual([]);
  });

  test("what a task combines itself", () => {
    expect(streamed([{ id: "a", ...ask, compose: { withVar: "input" } }])).toEqual([]);
  });

  test("one of several ways to the end that changes it", () => {
    const branches = [
      { operator: "equals" as const, when: "x", goto: "end" },
      { operator: "default" as const, when: "", goto: "score" },
    ];
    expect(
      streamed([
        { id: "a", ...ask, transition: { branches } },
        { id: "score", handler: "parse_score" },
      ]),
    ).toEqual([]);
  });
});

test("a way after a failure does not count", () => {
  expect(
    streamed([
      { id: "a", ...ask, transition: goto("end", "repair") },
      { id: "repair", handler: "parse_score" },
    ]),
  ).toEqual(["a"]);
});

test("stream: true streams a task in the middle, and false keeps the last one quiet", () => {
  expect(
    streamed([
      { id: "draft", ...ask, stream: true, transition: goto("final") },
      { id: "final", ...ask, stream: false },
    ]),
  ).toEqual(["draft"]);
});

test("a cycle never reaches the end, so it does no harm", () => {
  expect(
    streamed([
      { id: "a", ...ask, transition: goto("spin") },
      { id: "spin", transition: goto("spin") },
    ]),
  ).toEqual(["a"]);
  expect(
    streamed([
      { id: "a", ...ask, transition: goto("b") },
      { id: "b", transition: goto("a") },
    ]),
  ).toEqual([]);
});

test("a chain of ten thousand tasks is looked at in one go", () => {
  const rest = Array.from({ length: 10_000 }, (_, place) => ({ id: `n${place}`, transition: goto(`n${place + 1}`) }));
  const tasks = [{ id: "a", ...ask, transition: goto("n0") }, ...rest, { id: "n10000" }];
  expect(streamed(tasks)).toEqual(["a"]);
});
