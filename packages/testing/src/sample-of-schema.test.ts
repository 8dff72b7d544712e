import { expect, it } from "vitest";
import { sampleOfSchema } from "./sample-of-schema.ts";

it.each([
  [{ const: 5 }, 5],
  [{ enum: ["no", "yes"] }, "no"],
  [{ anyOf: [{ type: "number" }, { type: "null" }] }, 1],
  [{ oneOf: [{ type: "boolean" }] }, true],
  [{ type: ["string", "null"] }, "sample"],
  [{ type: "integer", minimum: 7 }, 7],
  [{ type: "array", items: { type: "string" }, minItems: 2 }, ["sample", "sample"]],
  [{ type: "null" }, null],
  [{ type: "object" }, {}],
  [
    { type: "object", properties: { a: { type: "string" }, b: { type: "number" } } },
    { a: "sample", b: 1 },
  ],
  [{ type: "object", properties: { a: { type: "string" }, b: { type: "number" } }, required: ["b"] }, { b: 1 }],
  ["no schema", null],
])("a sample of %j is %j", (schema, sample) => {
  expect(sampleOfSchema(schema)).toEqual(sample);
});
