import { expect, test } from "vitest";
import { programOf, started, text } from "../../tests/play-facts.ts";
import type { TypedValue } from "../value/typed-value.ts";
import { NEW_RUN } from "./run-state.ts";
import { transition } from "./transition.ts";
import { VariableScope } from "./variable-scope.ts";
import { variablesOf } from "./variables-of.ts";

const program = programOf([{ id: "a" }, { id: "__proto__" }]);

function scope(variables: Readonly<Record<string, TypedValue>>): VariableScope {
  const slots = new Array<TypedValue | null>(program.slots.size).fill(null);
  for (const [name, value] of Object.entries(variables)) slots[program.slots.get(name) ?? -1] = value;
  return new VariableScope(program, slots);
}

test("a variable is read by its name, with and without its type", () => {
  const variables = scope({ a: { type: "int", value: 3 } });
  expect(variables.get("a")).toBe(3);
  expect(variables.typed("a")).toEqual({ type: "int", value: 3 });
});

test("what was not set and what cannot be set are undefined", () => {
  const variables = scope({});
  for (const name of ["a", "nobody", "constructor", "__proto__"]) {
    expect(variables.get(name)).toBeUndefined();
    expect(variables.typed(name)).toBeUndefined();
  }
});

test("null, false, 0 and the empty text are values", () => {
  for (const value of [null, false, 0, ""]) expect(scope({ a: { type: "any", value } }).get("a")).toBe(value);
});

test("all of them are those that were set", () => {
  expect(scope({ a: text("x"), input: text("in") }).all()).toEqual({ a: "x", input: "in" });
});

test("a task may have the name of something that every object has", () => {
  const entries = new Map([["__proto__", text("x")]]);
  const all = scope(Object.fromEntries(entries)).all();
  expect(Object.entries(all)).toEqual([["__proto__", "x"]]);
});

test("a running thread's variables are told by name", () => {
  const { state } = transition(program, NEW_RUN, started());
  expect(variablesOf(program, state)).toEqual({ input: text("in") });
  expect(variablesOf(program, state, "no such thread")).toEqual({});
});

test("a run that has not begun or has ended has no variables", () => {
  expect(variablesOf(program, NEW_RUN)).toEqual({});
  const { state } = transition(program, NEW_RUN, started({ stepBudget: 0 }));
  expect(state.status).toBe("failed");
  expect(variablesOf(program, state)).toEqual({});
});
