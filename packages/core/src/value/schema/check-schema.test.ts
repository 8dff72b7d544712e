import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Json } from "../json.ts";
import { checkSchema } from "./check-schema.ts";

const SOUND: readonly Json[] = [
  {},
  { type: "object", properties: { a: { type: ["string", "null"] } }, required: ["a"], additionalProperties: false },
  { type: "array", prefixItems: [true, { const: 1 }], items: false, minItems: 0, uniqueItems: true },
  { $defs: { node: { type: "object", properties: { next: { $ref: "#/$defs/node" } } } }, $ref: "#/$defs/node" },
  { $id: "https://example.com/root", $defs: { a: { $anchor: "here" } }, items: { $ref: "#here" } },
  {
    patternProperties: { "^x\\d$": { multipleOf: 0.01 } },
    dependentRequired: { a: ["b"] },
    propertyNames: { maxLength: 3 },
  },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema has this name.
  { if: { type: "string" }, then: { pattern: "^a" }, else: { minimum: 1.5 }, not: { enum: [[], 3] } },
  {
    properties: { items: { type: "string" }, $ref: { type: "string" } },
    description: 7,
    "x-mine": { type: "nonsense" },
  },
];

const WRONG: readonly (readonly [Json, string])[] = [
  [true, "$"],
  [[], "$"],
  [null, "$"],
  [{ type: "strin" }, "$.type"],
  [{ type: ["string", 3] }, "$.type"],
  [{ properties: { a: { type: "text" } } }, "$.properties.a.type"],
  [{ properties: [] }, "$.properties"],
  [{ properties: { "a b": 5 } }, '$.properties["a b"]'],
  [{ required: "a" }, "$.required"],
  [{ enum: "a" }, "$.enum"],
  [{ anyOf: [] }, "$.anyOf"],
  [{ anyOf: [{}, { minimum: "1" }] }, "$.anyOf[1].minimum"],
  [{ pattern: "(" }, "$.pattern"],
  [{ patternProperties: { "[": {} } }, '$.patternProperties["["]'],
  [{ minLength: -1 }, "$.minLength"],
  [{ maxItems: 1.5 }, "$.maxItems"],
  [{ multipleOf: 0 }, "$.multipleOf"],
  [{ uniqueItems: 1 }, "$.uniqueItems"],
  [{ items: "string" }, "$.items"],
  [{ dependentRequired: { a: [1] } }, "$.dependentRequired.a"],
  [{ format: 1 }, "$.format"],
  [{ $ref: "#/$defs/missing" }, "$.$ref"],
  [{ items: { $ref: "https://example.com/other.json" } }, "$.items.$ref"],
  [{ items: { $dynamicRef: "#a" } }, "$.items"],
  [{ $id: "http://[", type: "string" }, "$"],
  [{ $ref: "#" }, "$"],
  [{ allOf: [{ $ref: "#/$defs/a" }], $defs: { a: { anyOf: [{ $ref: "#" }] } } }, "$"],
];

describe("checkSchema", () => {
  test.each(SOUND)("finds nothing in %j", (schema) => {
    expect(checkSchema(schema)).toEqual([]);
  });

  test.each(WRONG)("says where %j is wrong: %s", (schema, path) => {
    expect(checkSchema(schema).map((problem) => problem.path)).toEqual([path]);
  });

  test("says what was probably meant, and that nothing is fetched", () => {
    expect(checkSchema({ type: "strin" })[0]?.message).toContain("did you mean string?");
    expect(checkSchema({ $ref: "https://example.com/x" })[0]?.message).toContain("never fetched");
  });

  test("is at most as strict as the schema of schemas where that has an opinion on a keyword's value", () => {
    const ajv = new Ajv2020({ strict: false });
    const stricter = WRONG.map(([schema]) => schema).filter((schema) => {
      if (typeof schema !== "object" || schema === null || "$ref" in schema || "allOf" in schema || "$id" in schema)
        return false;
      return ajv.validateSchema(schema) === true;
    });
    // These are right by themselves; what they lead to is what is wrong. Patterns are only seen when they are compiled.
    expect(stricter.every((schema) => /\$ref|\$dynamicRef|pattern/.test(JSON.stringify(schema)))).toBe(true);
  });
});
