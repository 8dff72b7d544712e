import { ModelError } from "@catenary/core";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { textOf } from "../../testing/src/describe-backend/calls.ts";
import { ask } from "./fixtures/ask.ts";
import { describeLlama } from "./fixtures/describe-llama.ts";
import { scriptedFile } from "./fixtures/fixture-files.ts";
import { openBackend } from "./fixtures/open-backends.ts";

const isLong = process.env.CATENARY_LONG !== undefined;
const RUNS = isLong ? 2_000 : 60;

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });
const count = fc.integer({ min: 0, max: 4 });
const bound = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constantFrom(0.5, 1e15, -1e15, 1e38));
const PATTERNS = ["^[ -~]{2,4}$", "^(ab|c)*$", "^[^a-f]+$", "x", "^\\d+$", "^.?\\w$", "^a|b$"];

const strings = fc.record({
  type: fc.constant("string"),
  pattern: maybe(fc.constantFrom(...PATTERNS)),
  minLength: maybe(count),
  maxLength: fc.integer({ min: 2, max: 6 }),
});
const numbers = fc.record({
  type: fc.constantFrom("integer", "number"),
  minimum: maybe(bound),
  maximum: maybe(bound),
  exclusiveMinimum: maybe(bound),
  exclusiveMaximum: maybe(bound),
});
const words = fc.record({
  enum: fc.array(fc.constantFrom("a", 'q"', 1, 2.5, null, true), { minLength: 1, maxLength: 3 }),
});
const simple = fc.oneof(strings, numbers, words, fc.record({ type: fc.constantFrom("boolean", "null") }), fc.boolean());

const { schemas } = fc.letrec<{ schemas: unknown; objects: unknown }>((tie) => ({
  objects: fc.record({
    type: fc.constant("object"),
    properties: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schemas"), { maxKeys: 3 }),
    required: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 2 }),
    additionalProperties: maybe(fc.oneof(fc.boolean(), words)),
    minProperties: maybe(count),
    maxProperties: fc.integer({ min: 1, max: 4 }),
  }),
  schemas: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    simple,
    tie("objects"),
    fc.record({
      type: maybe(fc.constant("array")),
      items: maybe(tie("schemas")),
      prefixItems: maybe(fc.array(tie("schemas"), { minLength: 1, maxLength: 2 })),
      minItems: maybe(count),
      maxItems: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({ anyOf: fc.array(tie("schemas"), { minLength: 1, maxLength: 3 }), type: maybe(fc.constant("string")) }),
    fc.record({ oneOf: fc.array(tie("schemas"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ allOf: fc.array(fc.oneof(tie("objects"), strings, numbers), { minLength: 1, maxLength: 2 }) }),
  ),
}));

await describeLlama("an answer held to any schema", () => {
  const backend = openBackend({ any: scriptedFile({ script: ["hi"], contextLength: 2048 }) });
  const model = backend.languageModel("any");
  const ajv = new Ajv2020({ strict: false, validateFormats: false });

  test("fits it, or what it is not held to was named", { timeout: 120_000 }, async () => {
    let fitting = 0;
    const property = fc.asyncProperty(schemas, fc.nat(), async (random, seed) => {
      // Without what is undefined, as a schema comes.
      const schema: unknown = JSON.parse(JSON.stringify(random));
      if (typeof schema !== "object" || schema === null) return;
      const call = ask("What is it?", { seed, temperature: 2, topK: 0, topP: 1, maxOutputTokens: 150 });
      const result = await Promise.resolve(
        model.doGenerate({ ...call, responseFormat: { type: "json", schema } }),
      ).catch((error: unknown) => {
        if (ModelError.isInstance(error) && /cannot be held to what was asked for: the schema/.test(String(error)))
          return;
        throw error;
      });
      if (result?.finishReason.unified !== "stop") return;
      const text = textOf(result);
      // llama.cpp lets bytes through that are no UTF-8, which this model of single bytes writes and others do not.
      if (text.includes("\uFFFD")) return;
      const answer: unknown = JSON.parse(text);
      if (result.warnings.length > 0) return;
      const isValid = ajv.compile(schema);
      expect(isValid(answer), `${text}: ${ajv.errorsText(isValid.errors)}`).toBe(true);
      fitting += 1;
    });
    await fc.assert(property, { numRuns: RUNS, ...(!isLong && { seed: 7 }) });
    expect(fitting).toBeGreaterThan(RUNS / 4);
  });
});
