import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineChain } from "../src/chain/define-chain.ts";
import type { StandardSchema } from "../src/chain/schemas/standard-schema.ts";
import { ChainInvalidError } from "../src/errors/chain-invalid-error.ts";

/** Where a schema stands in a chain, as its input and as a task's output. */
const PLACES = [
  ["$.input", (schema: StandardSchema) => defineChain({ id: "c", input: schema, tasks: { a: { handler: "noop" } } })],
  [
    "$.tasks.a.output",
    (schema: StandardSchema) => defineChain({ id: "c", tasks: { a: { handler: "raw_string", output: schema } } }),
  ],
] as const;

const TAKEN: readonly (readonly [string, StandardSchema])[] = [
  ["zod", z.object({ name: z.string(), age: z.int().optional(), level: z.enum(["low", "high"]) })],
  ["arktype", type({ name: "string", "age?": "number.integer", level: "'low' | 'high'" })],
  [
    "valibot",
    toStandardJsonSchema(
      v.object({
        name: v.string(),
        age: v.optional(v.pipe(v.number(), v.integer())),
        level: v.picklist(["low", "high"]),
      }),
    ),
  ],
];

const REFUSED: readonly (readonly [string, string, StandardSchema])[] = [
  ["arktype", "narrow", type("string").narrow((text) => text !== "x")],
  ["arktype", "a conversion", type({ name: "string.trim" })],
  ["arktype", "a conversion of its own", type("string").pipe((text) => text.length)],
  ["arktype", "a default", type({ name: "string = 'x'" })],
  ["arktype", "a date", type({ at: "Date" })],
  [
    "valibot",
    "check",
    toStandardJsonSchema(
      v.pipe(
        v.string(),
        v.check((text) => text !== "x"),
      ),
    ),
  ],
  [
    "valibot",
    "transform",
    toStandardJsonSchema(
      v.object({
        name: v.pipe(
          v.string(),
          v.transform((text) => text.length),
        ),
      }),
    ),
  ],
  ["valibot", "trim", toStandardJsonSchema(v.pipe(v.string(), v.trim()))],
  ["valibot", "a default", toStandardJsonSchema(v.object({ name: v.optional(v.string(), "x") }))],
  ["zod", "refine", z.object({ name: z.string().refine((text) => text !== "x") })],
  ["zod", "a default", z.object({ name: z.string().default("x") })],
];

describe.each(PLACES)("at %s", (place, define) => {
  test.each(TAKEN)("a schema of %s is taken as its JSON Schema", (_, schema) => {
    const { input, tasks } = define(schema);
    expect(place === "$.input" ? input : tasks[0]?.output).toMatchObject({
      type: "object",
      properties: {
        name: { type: "string" },
        age: { type: "integer" },
        level: { enum: expect.arrayContaining(["low", "high"]) },
      },
    });
  });

  test.each(REFUSED)("a schema of %s is refused with %s", (vendor, _, schema) => {
    try {
      define(schema);
      expect.unreachable("it is to be refused");
    } catch (error) {
      if (!(error instanceof ChainInvalidError)) throw error;
      expect(error.findings).toEqual([
        expect.objectContaining({ code: "invalid_schema", path: expect.stringContaining(place) }),
      ]);
      expect(error.message).toContain(vendor);
    }
  });
});

test("a schema of valibot that is not wrapped is refused, and told how to be", () => {
  const define = () =>
    Reflect.apply(defineChain, undefined, [{ id: "c", input: v.string(), tasks: { a: { handler: "noop" } } }]);
  expect(define).toThrow(/toStandardJsonSchema of @valibot\/to-json-schema/);
});
