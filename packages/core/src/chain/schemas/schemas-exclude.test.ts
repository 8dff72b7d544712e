import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../../value/json.ts";
import { schemaCheck } from "../../value/schema/schema-check.ts";
import { schemasExclude } from "./schemas-exclude.ts";

const object = (properties: object, more: object = {}): Json => ({
  type: "object",
  properties: { ...properties },
  ...more,
});
const text = { type: "string" };
const whole = { type: "integer" };

const APART: readonly (readonly [string, Json, Json])[] = [
  ["two types", text, { type: "number" }],
  ["several types", { type: ["string", "null"] }, { type: ["object", "array"] }],
  ["words of another type", { enum: ["a", "b"] }, { type: "boolean" }],
  ["other words", { enum: ["a", "b"] }, { enum: ["c", { a: 1 }] }],
  ["another word", { const: 1 }, { const: 2 }],
  ["a fraction and whole numbers", { const: 2.5 }, whole],
  ["alternatives, none of which fits", { anyOf: [text, { type: "null" }] }, object({})],
  ["alternatives on both sides", { oneOf: [text, whole] }, { anyOf: [{ type: "null" }, { type: "boolean" }] }],
  ["a property of another type", object({ a: text }, { required: ["a"] }), object({ a: whole })],
  [
    "a property that the other does not allow",
    object({ a: text }, { required: ["a"] }),
    object({}, { additionalProperties: false }),
  ],
  [
    "a property whose kind the other does not allow",
    object({ a: text }, { required: ["a"] }),
    { type: "object", additionalProperties: whole },
  ],
  [
    "a property deep inside",
    object({ a: object({ b: text }, { required: ["b"] }) }, { required: ["a"] }),
    object({ a: object({ b: whole }) }),
  ],
  ["nothing at all", false, {}],
];

const TOGETHER: readonly (readonly [string, Json, Json])[] = [
  ["the same type", text, text],
  ["whole numbers and numbers", whole, { type: "number" }],
  ["a word of the type", { const: "a" }, text],
  ["a common word", { enum: ["a", { b: 1, c: 2 }] }, { enum: [{ c: 2, b: 1 }] }],
  ["no types", { minLength: 3 }, { type: "number" }],
  ["an alternative that fits", { anyOf: [text, whole] }, whole],
  ["a property that nobody wants", object({ a: text }), object({ a: whole })],
  ["a property that may be there", object({ a: text }, { required: ["a"] }), object({})],
  [
    "a property that a pattern may allow",
    object({ a: text }, { required: ["a"] }),
    object({}, { patternProperties: { "^a": {} }, additionalProperties: false }),
  ],
  [
    "objects that may be lists too",
    { type: ["object", "array"], properties: { a: text }, required: ["a"] },
    { type: ["object", "array"], properties: { a: whole } },
  ],
  ["references", { $ref: "#/$defs/a" }, text],
  ["everything", true, {}],
];

describe("schemasExclude", () => {
  test.each(APART)("says that nothing satisfies both: %s", (_, one, other) => {
    expect(schemasExclude(one, other)).toBe(true);
    expect(schemasExclude(other, one)).toBe(true);
  });

  test.each(TOGETHER)("says nothing: %s", (_, one, other) => {
    expect(schemasExclude(one, other)).toBe(false);
    expect(schemasExclude(other, one)).toBe(false);
  });

  test("is never said of two schemas that one value satisfies", () => {
    const { schema } = fc.letrec<{ schema: Record<string, Json>; value: Json }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 3 },
        fc.record({ type: fc.constantFrom("string", "number", "integer", "boolean", "null", "array", "object") }),
        fc.record({
          enum: fc.array(fc.constantFrom<Json>("a", 1, 2.5, null, { a: 1 }), { minLength: 1, maxLength: 3 }),
        }),
        fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
        fc.record({
          type: fc.constant("object"),
          properties: fc.dictionary(fc.constantFrom("a", "b"), tie("schema"), { maxKeys: 2 }),
          required: fc.uniqueArray(fc.constantFrom("a", "b")),
          additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
        }),
      ),
      value: fc.constant(null),
    }));
    const value = fc.oneof(
      fc.constantFrom<Json>("a", "b", 1, 2.5, true, null, [], {}),
      fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom<Json>("a", 1, 2.5, null, { a: 1 })),
    );
    fc.assert(
      fc.property(schema, schema, value, (one, other, given) => {
        const satisfiesBoth = [one, other].every((each) => schemaCheck(each)(given).length === 0);
        expect(satisfiesBoth && schemasExclude(one, other)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
