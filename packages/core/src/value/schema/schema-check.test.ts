import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deepFreeze } from "../../../tests/deep-freeze.ts";
import type { Json, JsonObject } from "../json.ts";
import { schemaCheck } from "./schema-check.ts";
import { listProblems } from "./schema-problem.ts";

const TICKET: JsonObject = {
  type: "object",
  properties: {
    subject: { type: "string", minLength: 2 },
    level: { enum: ["low", "high"] },
    tags: { type: "array", items: { $ref: "#/$defs/tag" } },
    "a/b ~": { type: "integer", minimum: 3 },
    "0": { const: 1 },
    extra: { anyOf: [{ type: "null" }, { type: "number" }] },
  },
  required: ["subject"],
  additionalProperties: false,
  $defs: { tag: { type: "string", pattern: "^[a-z]+$" } },
};

const told = (schema: JsonObject, value: Json) =>
  schemaCheck(schema)(value).map(({ path, message }) => `${path}: ${message}`);

describe("schemaCheck", () => {
  test("says nothing about what is right", () => {
    expect(told(TICKET, { subject: "ab", level: "low", tags: ["x"], "a/b ~": 3, "0": 1, extra: null })).toEqual([]);
  });

  test("says where each fault is and what was expected, once", () => {
    expect(
      told(TICKET, { level: "secret-value", tags: ["ok", "Secret 1", 3], "a/b ~": 2, "0": 2, more: "secret" }),
    ).toEqual([
      '$: expected the property "subject", which is missing',
      '$["0"]: the value does not match 1',
      '$.level: expected one of ["low","high"]',
      "$.tags[1]: string does not match pattern",
      "$.tags[2]: expected string, got number",
      '$["a/b ~"]: the value is less than 3',
      '$: the property "more" is not allowed',
    ]);
  });

  test("tells of several forms that a value may have what each wants", () => {
    expect(told(TICKET, { subject: "ab", extra: "x" })).toEqual([
      "$.extra: expected one of several forms, and it has none of them",
      "$.extra: expected null, got string",
      "$.extra: expected number, got string",
    ]);
  });

  test("knows schemas that call themselves", () => {
    const tree: JsonObject = { type: "object", properties: { next: { $ref: "#" } }, additionalProperties: false };
    expect(told(tree, { next: { next: {} } })).toEqual([]);
    expect(told(tree, { next: { next: 1 } })).toEqual(["$.next.next: expected object, got number"]);
  });

  test("obeys the draft that a schema names", () => {
    const pair = { items: [{ type: "string" }], additionalItems: false };
    expect(told({ ...pair, $schema: "http://json-schema.org/draft-07/schema#" }, [1])).toEqual([
      "$[0]: expected string, got number",
    ]);
  });

  test("leaves a frozen schema as it is and makes its check once", () => {
    const schema: JsonObject = deepFreeze({ type: "object", properties: { a: { type: "string" } } });
    const before = JSON.stringify(schema);
    expect(told(schema, { a: 1 })).toEqual(["$.a: expected string, got number"]);
    expect(JSON.stringify(schema)).toBe(before);
    expect(schemaCheck(schema)).toBe(schemaCheck(schema));
  });

  test("does not throw for a schema that cannot be applied", () => {
    expect(told({ $ref: "#" }, 1)[0]).toContain("$: the schema cannot be applied");
    expect(told({ $ref: "https://example.com/x" }, 1)[0]).toContain("cannot be applied");
  });

  test("never takes what an object inherits for its own", () => {
    expect(told({ required: ["constructor", "__proto__"] }, {})).toHaveLength(2);
    expect(told({ properties: { constructor: { type: "string" } } }, {})).toEqual([]);
  });

  test("names at most twenty faults, and in a message five", () => {
    const problems = schemaCheck({ items: { type: "string" } })(Array.from({ length: 100 }, (_, index) => index));
    expect(problems).toHaveLength(20);
    expect(listProblems(problems)).toMatch(/; and 15 more$/);
  });

  test("agrees with another validator on drawn schemas and values", () => {
    const ajv = new Ajv2020({ strict: false });
    fc.assert(
      fc.property(schemas, values, (schema, value) => {
        expect(schemaCheck(schema)(value).length === 0).toBe(ajv.validate(schema, value));
      }),
      { numRuns: 200 },
    );
  });
});

const name = fc.constantFrom("a", "b", "c");

const values: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, 0, 1, 2.5, "", "a", "xyz"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const schemas: fc.Arbitrary<JsonObject> = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom("string", "number", "integer", "boolean", "object", "array", "null").map((type) => ({ type })),
    fc.record({ enum: fc.array(values, { minLength: 1, maxLength: 3 }) }),
    fc.record({ minimum: fc.integer({ min: 0, max: 2 }), minLength: fc.nat(3), minItems: fc.nat(2) }),
    fc.record({
      properties: fc.dictionary(name, tie("schema"), { noNullPrototype: true }),
      required: fc.uniqueArray(name),
    }),
    fc.record({
      additionalProperties: fc.boolean(),
      properties: fc.dictionary(name, tie("schema"), { noNullPrototype: true }),
    }),
    fc.record({ items: tie("schema") }),
    fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ oneOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: tie("schema") }),
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema has this name.
    fc.record({ if: tie("schema"), then: tie("schema"), else: tie("schema") }),
  ),
})).schema;
