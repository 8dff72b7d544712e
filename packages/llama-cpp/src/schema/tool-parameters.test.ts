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

const told = (schema: unknown) => {
  const lost: string[] = [];
  const parameters = toolParameters(schema, "/tools/t", (path, keyword) => lost.push(`${path}: ${keyword}`));
  return { parameters, lost };
};

test("what stands beside a choice is asked for in each of them", () => {
  const schema = {
    type: "object",
    properties: { id: { type: "integer" }, a: { type: "string" } },
    required: ["id"],
    anyOf: [{ required: ["a"] }, { properties: { b: { type: "boolean" } }, required: ["b"] }],
  };
  const optional = { oneOf: [{ type: "string" }, { type: "null" }] };
  expect(told(schema)).toEqual({
    parameters: {
      oneOf: [
        { type: "object", properties: { id: { type: "integer" }, a: { type: "string" } } },
        { type: "object", properties: { id: { type: "integer" }, a: optional, b: { type: "boolean" } } },
      ],
    },
    lost: [],
  });
});

test("what the dialect has no word for is told, with its place", () => {
  const schema = {
    type: "object",
    properties: {
      size: { type: "integer", minimum: 1, multipleOf: 5 },
      plate: { type: "string", pattern: "^A", maxLength: 9 },
      day: { type: "string", format: "date", minLength: 10 },
      mail: { type: "string", format: "email" },
      word: { enum: ["a", "b"], maxLength: 1 },
      list: { type: "array", items: { type: "number", exclusiveMaximum: 1 }, minItems: 1 },
      odd: { const: { a: 1 } },
    },
    minProperties: 1,
  };
  expect(told(schema).lost.sort()).toEqual(
    [
      "/tools/t: minProperties",
      "/tools/t/properties/day: minLength",
      "/tools/t/properties/list/items: exclusiveMaximum",
      "/tools/t/properties/mail: format",
      "/tools/t/properties/odd: const",
      "/tools/t/properties/plate: pattern",
      "/tools/t/properties/size: minimum",
      "/tools/t/properties/size: multipleOf",
      "/tools/t/properties/word: maxLength",
    ].sort(),
  );
});

test("words of another type are left out, lists of types with parts are taken apart, and tuples keep their items", () => {
  const schema = {
    type: "object",
    properties: {
      word: { type: "string", enum: ["a", 1] },
      item: { type: ["object", "null"], properties: { a: { type: "string" } }, required: ["a"] },
      pair: { type: "array", prefixItems: [{ type: "string" }], items: false },
      old: false,
      none: { type: "string", enum: [1] },
    },
    required: ["word", "item", "pair", "undescribed"],
  };
  expect(told(schema)).toEqual({
    parameters: {
      type: "object",
      properties: {
        word: { enum: ["a"] },
        item: { oneOf: [{ type: "object", properties: { a: { type: "string" } } }, { type: "null" }] },
        pair: { type: "array", prefixItems: [{ type: "string" }], maxItems: 1 },
        undescribed: { type: ["string", "number", "boolean", "null"] },
      },
    },
    lost: [],
  });
});

test("a tool that nothing can be given is refused", () => {
  expect(() => toolParameters({ type: "object", properties: { a: false }, required: ["a"] }, "/tools/t")).toThrow(
    "the schema at /tools/t/properties/a allows nothing",
  );
});
