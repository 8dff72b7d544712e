import { expect, test } from "vitest";
import type { ChainDefinition } from "./chain.ts";
import { inputTypeOf } from "./input-type-of.ts";

const chain = (input?: ChainDefinition["input"]): ChainDefinition => ({
  id: "c",
  tasks: [],
  ...(input !== undefined && { input }),
});

test("a data type is itself, and without one nothing is said", () => {
  expect([inputTypeOf(chain("vector")), inputTypeOf(chain())]).toEqual(["vector", undefined]);
});

test.each([
  ["string", "string"],
  ["number", "float"],
  ["integer", "int"],
  ["boolean", "bool"],
  ["object", "json"],
  ["array", "json"],
  ["null", "json"],
])("a schema of type %s is %s", (type, expected) => {
  expect(inputTypeOf(chain({ type }))).toBe(expected);
});

test("a schema of several types, or of none, is json", () => {
  expect([inputTypeOf(chain({ type: ["string", "null"] })), inputTypeOf(chain({ enum: ["a"] }))]).toEqual([
    "json",
    "json",
  ]);
});
