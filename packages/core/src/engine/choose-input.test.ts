import { expect, test } from "vitest";
import { programOf, text } from "../../tests/play-facts.ts";
import type { TaskDefinition } from "../chain/chain.ts";
import type { TypedValue } from "../value/typed-value.ts";
import { chooseInput, renderInput } from "./choose-input.ts";

const previous: TypedValue = { type: "int", value: 3 };

function inputOf(task: Partial<TaskDefinition>, variables: Readonly<Record<string, TypedValue>> = {}): TypedValue {
  const program = programOf([{ id: "first" }, { id: "task", ...task }]);
  const slots = new Array<TypedValue | null>(program.slots.size).fill(null);
  for (const [name, value] of Object.entries(variables)) slots[program.slots.get(name) ?? -1] = value;
  const compiled = program.tasks[1];
  if (compiled === undefined) return text("no task");
  return renderInput(program, compiled, slots, chooseInput(program, compiled, slots, previous));
}

test("a task works on what came from the task before", () => {
  expect(inputOf({})).toBe(previous);
});

test("a task works on the variable that it names, with its type", () => {
  expect(inputOf({ inputVar: "first" }, { first: { type: "json", value: { a: 1 } } })).toEqual({
    type: "json",
    value: { a: 1 },
  });
});

test("a template takes the place of every other input and makes it a string", () => {
  expect(inputOf({ inputVar: "first", promptTemplate: "<{{.first}}>" }, { first: text("x") })).toEqual(text("<x>"));
});

test("an empty template and an empty name of a variable are none", () => {
  expect(inputOf({ promptTemplate: "", inputVar: "" })).toBe(previous);
});

test("a variable that was not set fails the task, with the names that are set and the one that was meant", () => {
  expect(() => inputOf({ inputVar: "frist" }, { first: text("x"), input: text("y") })).toThrow(
    expect.objectContaining({
      code: "variable_not_set",
      failure: "chain",
      details: { variable: "frist" },
      message: expect.stringMatching(/frist.*input.*first.*Did you mean first\?/),
    }),
  );
});

test("a variable of a task that did not run yet is not set", () => {
  expect(() => inputOf({ inputVar: "first" })).toThrow(expect.objectContaining({ code: "variable_not_set" }));
});

test("a template that reads what was not set fails the task", () => {
  expect(() => inputOf({ promptTemplate: "{{.first.name}}" }, { first: text("x") })).toThrow(
    expect.objectContaining({ code: "template_failed" }),
  );
});
