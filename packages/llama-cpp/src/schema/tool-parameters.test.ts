import { expect, test } from "vitest";
import { toolParameters } from "./tool-parameters.ts";

test("what a tool need not be given may be null in the library's dialect", () => {
  const schema = {
    type: "object",
    properties: { city: { type: "string", description: "where" }, days: { type: "integer" } },
    required: ["city"],
  };
  expect(toolParameters(schema)).toEqual({
    type: "object",
    properties: {
      city: { type: "string", description: "where" },
      days: { oneOf: [{ type: "integer" }, { type: "null" }] },
    },
  });
});

test("choices, references, parts of a whole and things without a type are put in words that the library obeys", () => {
  const schema = {
    type: "object",
    properties: {
      either: { anyOf: [{ type: "string" }, { type: "number" }] },
      both: { allOf: [{ type: "object" }, { properties: { a: { const: 1 } }, required: ["a"] }] },
      linked: { $ref: "#/$defs/word" },
      free: {},
      mail: { type: "string", format: "email" },
      day: { type: "string", format: "date" },
    },
    required: ["either", "both", "linked", "free", "mail", "day"],
    $defs: { word: { enum: ["x", "y"] } },
  };
  expect(toolParameters(schema)).toEqual({
    type: "object",
    properties: {
      either: { oneOf: [{ type: "string" }, { type: "number" }] },
      both: { type: "object", properties: { a: { const: 1 } } },
      linked: { enum: ["x", "y"] },
      free: { type: ["string", "number", "boolean", "null"] },
      mail: { type: "string" },
      day: { type: "string", format: "date" },
    },
  });
});

test("a tool that is given nothing has no parameters", () => {
  expect(toolParameters({ type: "object", properties: {} })).toBeUndefined();
});

test("a schema that speaks of itself is followed for a while", () => {
  const tree = { type: "object", properties: { next: { $ref: "#" } }, required: ["next"] };
  expect(JSON.stringify(toolParameters(tree))).toContain('"boolean"');
});
