import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json, JsonObject } from "../../value/json.ts";
import { schemaCheck } from "../../value/schema/schema-check.ts";
import { structuredOutcomes } from "./structured-outcomes.ts";

const scalar = fc.constantFrom<Json>("p", "ok", "", 0, 5, -0.5, 1e21, true, false, null);
const value = fc.oneof(scalar, fc.constantFrom<Json>([], ["p"], {}, { p: 1 }));
const type = fc.constantFrom("string", "integer", "number", "boolean", "null", "object", "array");
const flat: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1 })) }),
  fc.record({ enum: fc.array(value, { minLength: 1, maxLength: 4 }) }),
  fc.record({ const: value }),
  fc.record({ enum: fc.array(value, { minLength: 1, maxLength: 4 }), type }),
  fc.record({ type, not: fc.record({ const: value }) }),
);
const alternatives = fc.array(flat, { minLength: 1, maxLength: 3 });
const schema: fc.Arbitrary<JsonObject> = fc.oneof(
  flat,
  fc.record({ anyOf: alternatives }),
  fc.record({ oneOf: alternatives }),
  fc.record({ type, anyOf: alternatives }),
  fc.record({ allOf: alternatives }),
);

test("the outcome of every value that satisfies a schema is among those of the schema", () => {
  fc.assert(
    fc.property(schema, value, (given, one) => {
      const outcomes = structuredOutcomes(given);
      if (outcomes === undefined || schemaCheck(given)(one).length > 0) return;
      const isNumber = outcomes.numbers === "whole" ? Number.isInteger(one) : typeof one === "number";
      if (outcomes.numbers !== undefined && isNumber) return;
      expect(outcomes.texts).toContain(typeof one === "object" ? "ok" : String(one));
    }),
    { numRuns: 5000 },
  );
});

test.each<[string, JsonObject, ReturnType<typeof structuredOutcomes>]>([
  ["words", { enum: ["p", 7, true, null] }, { texts: ["p", "7", "true", "ok"] }],
  ["the words that the type allows", { type: "string", enum: ["p", 7] }, { texts: ["p"] }],
  ["a constant", { const: "p" }, { texts: ["p"] }],
  ["a boolean", { type: "boolean" }, { texts: ["true", "false"] }],
  ["lists and objects", { type: ["array", "object", "null"] }, { texts: ["ok"] }],
  ["a whole number or a word", { anyOf: [{ type: "integer" }, { const: "p" }] }, { texts: ["p"], numbers: "whole" }],
  ["any text", { type: ["string", "null"] }, undefined],
  ["anything", {}, undefined],
  ["a reference", { $ref: "#/$defs/a", $defs: { a: { const: "p" } } }, undefined],
  ["a text among others", { anyOf: [{ const: "p" }, { type: "string" }] }, undefined],
  ["words that nothing satisfies", { type: "string", enum: [7] }, undefined],
])("%s", (_, given, expected) => {
  expect(structuredOutcomes(given)).toEqual(expected);
});
