import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ChainInvalidError } from "../../errors/chain-invalid-error.ts";
import type { Finding } from "../finding.ts";
import { parseChain } from "../parse-chain.ts";
import { normalizeSource } from "../source/normalize-source.ts";
import { isStandardSchema, toJsonSchema } from "./standard-schema.ts";

/** What a library without the extension has. */
const old = { "~standard": { version: 1, vendor: "elder", validate: () => ({ value: 1 }) } };

function convert(value: unknown, side: "input" | "output" = "output") {
  const findings: Finding[] = [];
  const schema = toJsonSchema(value, side, "$.output", findings);
  return { schema, findings: findings.map(({ code, path, message }) => `${code} ${path}: ${message}`) };
}

describe("toJsonSchema", () => {
  test("asks a library for the JSON Schema of either side", () => {
    const schema = z.object({ level: z.enum(["low", "high"]).optional() });
    const level = { type: "string", enum: ["low", "high"] };
    expect(convert(schema)).toEqual({
      schema: { type: "object", properties: { level }, additionalProperties: false },
      findings: [],
    });
    expect(convert(schema, "input").schema).toEqual({ type: "object", properties: { level } });
  });

  test("takes schemas that are functions, and converters for one side only", () => {
    const schema = Object.assign(() => 1, {
      "~standard": { version: 1, vendor: "fun", jsonSchema: { output: () => ({ type: "string" }) } },
    });
    expect(isStandardSchema(schema)).toBe(true);
    expect(convert(schema)).toEqual({ schema: { type: "string" }, findings: [] });
  });

  test.each([
    ["elder", /this one of elder cannot: update the library, or write JSON Schema$/],
    ["zod", /zod 4\.2 or later/],
    ["valibot", /toStandardJsonSchema of @valibot\/to-json-schema/],
  ])("says of a schema of %s that cannot say what it is what to do", (vendor, advice) => {
    const { schema, findings } = convert({ "~standard": { version: 1, vendor } });
    expect(schema).toBeUndefined();
    expect(findings).toEqual([expect.stringMatching(/^invalid_schema \$\.output: /)]);
    expect(findings[0]).toMatch(advice);
  });

  test("passes on why a library cannot express a schema", () => {
    expect(convert(z.string().transform((text) => text.length)).findings).toEqual([
      expect.stringMatching(/^invalid_schema \$\.output: .*zod says: .*[Tt]ransform/),
    ]);
    expect(convert(z.date()).findings).toEqual([expect.stringMatching(/zod says: Date cannot be represented/)]);
  });

  test("names every part that cannot be kept, each at its place", () => {
    const schema = z.object({
      at: z.date(),
      "its name": z.string().trim(),
      list: z.array(z.bigint()),
      text: z.string().refine((text) => text !== ""),
    });
    expect(convert(schema).findings).toEqual([
      expect.stringMatching(/^invalid_schema \$\.output\.properties\.at: .*zod says: Date cannot be represented/),
      expect.stringMatching(/^invalid_schema \$\.output\.properties\.list\.items: .*zod says: BigInt cannot be/),
      expect.stringMatching(/^invalid_schema \$\.output\.properties\.text: .*refinement/),
      expect.stringMatching(/^invalid_schema \$\.output\.properties\["its name"\]: .*conversion \(trim/),
    ]);
  });

  test("hears a library out that stops at what it cannot express, whatever it is asked", () => {
    const convertNone = ({ libraryOptions }: { libraryOptions?: object }) => {
      if (libraryOptions === undefined) throw new Error("dates are none");
      return {};
    };
    const elder = { version: 1, vendor: "zod", jsonSchema: { input: convertNone, output: convertNone } };
    expect(convert({ "~standard": elder }).findings).toEqual([expect.stringContaining("zod says: dates are none")]);
  });

  test("leaves everything else as it is", () => {
    for (const value of [{ type: "string", default: "x" }, "string", undefined, null, 7, { "~standard": 1 }])
      expect(convert(value)).toEqual({ schema: value, findings: [] });
  });
});

/** What zod does with a value and its JSON Schema does not say. */
const MORE_THAN_JSON_SCHEMA: readonly (readonly [string, z.ZodType, string, string])[] = [
  ["refine", z.string().refine((text) => text !== "x"), "refinement", "$"],
  ["superRefine", z.object({ a: z.string() }).superRefine(() => {}), "refinement", "$"],
  ["check", z.array(z.string()).check(() => {}), "refinement", "$"],
  [
    "a refinement deep inside",
    z.object({ a: z.array(z.number().refine(Number.isInteger)) }),
    "refinement",
    "$.properties.a.items",
  ],
  ["property", z.object({ a: z.string() }).check(z.property("a", z.string())), "refinement", "$"],
  ["default", z.object({ "my level": z.string().default("low") }), "default", '$.properties["my level"]'],
  ["prefault", z.object({ a: z.string().prefault("x") }), "default", "$.properties.a"],
  ["catch", z.object({ a: z.string().catch("x") }), "fallback", "$.properties.a"],
  ["trim", z.string().trim(), "conversion", "$"],
  ["toLowerCase", z.object({ a: z.string().toLowerCase() }), "conversion", "$.properties.a"],
  ["coerce", z.coerce.number(), "conversion", "$"],
  ["preprocess", z.preprocess(String, z.string()), "conversion", "$"],
  ["stringbool", z.object({ a: z.stringbool() }), "conversion", "$.properties.a"],
  ["codec", z.codec(z.string(), z.number(), { decode: Number, encode: String }), "conversion", "$"],
  [
    "a conversion between two equal kinds",
    z
      .string()
      .transform((text) => text.slice(1))
      .pipe(z.string()),
    "conversion",
    "$",
  ],
  ["pipe", z.string().pipe(z.email()), "conversion", "$"],
  ["a union with a refinement", z.union([z.number(), z.string().refine(() => true)]), "refinement", "$.anyOf[1]"],
];

describe.each(["input", "output"] as const)("a schema of zod on the side of the %s", (side) => {
  test.each(MORE_THAN_JSON_SCHEMA)("is refused with %s, at its place", (_, schema, what, path) => {
    const converted = convert(schema, side);
    expect(converted.schema).toBeUndefined();
    expect(converted.findings).toEqual([expect.stringContaining(`invalid_schema $.output${path.slice(1)}: `)]);
    expect(converted.findings[0]).toContain(what);
    expect(converted.findings[0]).toContain("would have no effect");
  });

  test("is refused with a transform", () => {
    const { schema, findings } = convert(z.object({ a: z.string().transform(Number) }), side);
    expect(schema).toBeUndefined();
    expect(findings).toHaveLength(1);
    expect(findings[0]?.toLowerCase()).toContain("transform");
  });

  test.each([
    [
      "bounds and formats",
      z.object({ a: z.string().min(2).max(5).regex(/^a/), b: z.email(), c: z.int().positive().multipleOf(2) }),
    ],
    ["words and literals", z.union([z.enum(["a", "b"]), z.literal(3), z.null()])],
    [
      "optional, nullable and nullish",
      z.object({ a: z.string().optional(), b: z.number().nullable(), c: z.boolean().nullish() }),
    ],
    ["closed, open and mapped objects", z.strictObject({ a: z.looseObject({}), b: z.record(z.string(), z.number()) })],
    ["lists and tuples", z.object({ a: z.array(z.string()).nonempty(), b: z.tuple([z.string(), z.number()]) })],
    [
      "kinds told apart by a word",
      z.discriminatedUnion("k", [z.object({ k: z.literal("a") }), z.object({ k: z.literal("b") })]),
    ],
    ["everything and anything", z.object({ a: z.any(), b: z.unknown(), c: z.json() })],
    [
      "intersections, brands, descriptions and readonly",
      z
        .object({ a: z.string() })
        .and(z.object({ b: z.string().brand("b").describe("b") }))
        .readonly(),
    ],
    [
      "schemas that call themselves",
      z.object({
        get next() {
          return tree.optional();
        },
      }),
    ],
  ])("is taken with %s", (_, schema) => {
    const converted = convert(schema, side);
    expect(converted.findings).toEqual([]);
    expect(converted.schema).toBeTypeOf("object");
  });
});

const tree = z.object({ name: z.string() });

describe("a schema of another library", () => {
  const library = (input: object, output: object, vendor = "other") => ({
    "~standard": { version: 1, vendor, jsonSchema: { input: () => input, output: () => output } },
  });
  const of = (fields: object) => ({ type: "object", properties: { a: { type: "string" } }, ...fields });

  test("is refused where what it takes is not what it gives, at the innermost place that shows it", () => {
    const before = of({
      properties: { list: { type: "array", items: { anyOf: [{ type: "string" }, { type: "null" }] } } },
    });
    const after = of({
      properties: { list: { type: "array", items: { anyOf: [{ type: "number" }, { type: "null" }] } } },
    });
    for (const side of ["input", "output"] as const) {
      expect(convert(library(before, after), side).findings).toEqual([
        expect.stringMatching(/^invalid_schema \$\.output\.properties\.list\.items\.anyOf\[0\]: .*conversion/),
      ]);
    }
    expect(convert(library(of({}), of({ required: ["a"] }))).findings).toEqual([
      expect.stringMatching(/^invalid_schema \$\.output: .*default or a conversion/),
    ]);
  });

  test("is refused where only one side of it can be said", () => {
    const schema = library({ type: "string" }, {});
    schema["~standard"].jsonSchema.output = () => {
      throw new Error("no transforms");
    };
    expect(convert(schema, "input").findings).toEqual([
      expect.stringContaining("has a conversion (it says of its other side: no transforms)"),
    ]);
  });

  test("is refused with a default that both sides have", () => {
    const schema = of({ properties: { a: { type: "string", default: "x" } } });
    expect(convert(library(schema, schema)).findings).toEqual([
      expect.stringMatching(/^invalid_schema \$\.output\.properties\.a: .*has a default/),
    ]);
  });

  test("is taken where its sides only differ in what they call closed, in the order of names, and in drafts", () => {
    const input = of({ required: ["a", "b"] });
    const output = { $schema: "x", additionalProperties: false, ...of({ required: ["b", "a"] }) };
    expect(convert(library(input, output)).findings).toEqual([]);
    const named = of({ properties: { default: { type: "string" } } });
    expect(convert(library(named, named)).findings).toEqual([]);
  });

  test("is asked for what it cannot express, where it is arktype", () => {
    const narrow = (options: { readonly libraryOptions?: { readonly fallback?: (found: object) => unknown } }) =>
      options.libraryOptions?.fallback?.({ code: "predicate", base: { type: "string" } });
    const schema = { "~standard": { version: 1, vendor: "arktype", jsonSchema: { input: narrow, output: narrow } } };
    expect(convert(schema).findings).toEqual([expect.stringContaining("has a refinement (narrow)")]);
  });
});

test("a chain in code may have schemas of libraries wherever it may have JSON Schema", () => {
  const { value, findings } = normalizeSource({
    id: "c",
    input: z.object({ text: z.string() }),
    output: z.string(),
    tasks: { a: { handler: "raw_string", promptTemplate: "{{.input.text}}", output: z.enum(["x", "y"]) } },
  });
  expect(findings).toEqual([]);
  expect(parseChain(value).chain?.toJSON()).toMatchObject({
    input: { type: "object", required: ["text"] },
    output: { type: "string" },
    tasks: [{ output: { type: "string", enum: ["x", "y"] } }],
  });
});

test("faults of schemas are found where they stand", () => {
  const { findings } = normalizeSource({ id: "c", input: old, tasks: { a: { handler: "raw_string", output: old } } });
  expect(findings.map(({ path }) => path)).toEqual(["$.input", "$.tasks[0].output"]);
  expect(new ChainInvalidError("c", findings).message).toContain("elder");
});
