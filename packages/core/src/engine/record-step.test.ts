import { expect, test } from "vitest";
import { programOf, text } from "../../tests/play-facts.ts";
import type { TaskDefinition } from "../chain/chain.ts";
import type { ErrorData } from "../errors/error-data.ts";
import { NO_CALLS } from "./call-report.ts";
import { type AttemptEnd, recordStep } from "./record-step.ts";
import type { StepRecord } from "./step-record.ts";

const error: ErrorData = { code: "model_failed", message: "it broke", failure: "network" };

function record(end: Partial<AttemptEnd>, task: Partial<TaskDefinition> = {}, debug = false): StepRecord {
  const program = programOf([{ id: "task", ...task }], { debug });
  const [compiled] = program.tasks;
  if (compiled === undefined) throw new Error("a program of one task has a task");
  const step = { key: "task#2", task: 0, visit: 2, attempt: 3, input: text("in"), tries: 0 };
  return recordStep(program, compiled, step, { startedAt: 1000, at: 1250, calls: NO_CALLS, ...end });
}

test("says which attempt of which visit it was, and how long it took", () => {
  expect(
    record(
      { output: { type: "int", value: 7 }, outcome: { text: "7" } },
      { handler: "parse_number", inputVar: "input" },
    ),
  ).toEqual({
    key: "task#2",
    taskId: "task",
    handler: "parse_number",
    visit: 2,
    attempt: 3,
    startedAt: 1000,
    durationMs: 250,
    inputVar: "input",
    inputType: "string",
    outputType: "int",
    outcome: "7",
    transition: "7",
  });
});

test("has the form of the outcome that contenox/runtime reports beside the matched key", () => {
  const ended = { output: { type: "bool", value: true } as const, outcome: { text: "urgent", transition: "true" } };
  expect(record(ended)).toMatchObject({ outcome: "urgent", transition: "true" });
});

test("a failed attempt has no outcome", () => {
  const failed = record({ error, output: text("half"), outcome: { text: "half" } });
  expect(failed).toMatchObject({ outcome: "", transition: "", error });
});

test.each([
  ["noop", "string"],
  ["parse_number", "int"],
  ["embedding", "vector"],
  ["hook", "any"],
  ["my_handler", "any"],
])("a failed %s has the type %s", (handler, outputType) => {
  expect(record({ error }, { handler }).outputType).toBe(outputType);
});

test("what failed because no prompt could be made of its input has no type", () => {
  const mismatch = { ...error, code: "type_mismatch" };
  expect(record({ error: mismatch }, { handler: "parse_number" }).outputType).toBe("any");
});

test("a failed hook's transition is failed", () => {
  expect(record({ error }, { handler: "hook" })).toMatchObject({ outcome: "", transition: "failed" });
});

test("inputs and outputs are kept only where the chain says debug", () => {
  const ended = { output: text("out"), outcome: { text: "out" } };
  expect(record(ended)).not.toHaveProperty("input");
  expect(record(ended)).not.toHaveProperty("output");
  expect(record(ended, {}, true)).toMatchObject({ input: "in", output: "out" });
  expect(record({ error }, {}, true)).not.toHaveProperty("output");
});

test("the model is named where one was called, and only there", () => {
  const usage = { inputTokens: 1, outputTokens: 2 };
  const route = { policy: "ordered", tried: [], dropped: [] };
  const calls = { model: "m", backend: "b", provider: "p", usage, route, tries: 1 };
  expect(record({ error, calls })).toMatchObject({ model: "m", backend: "b", provider: "p", usage, route });
  for (const name of ["model", "backend", "provider", "usage", "route"])
    expect(record({ error })).not.toHaveProperty(name);
});
