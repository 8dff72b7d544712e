import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ChainInvalidError } from "../errors/chain-invalid-error.ts";
import type { Finding } from "./finding.ts";
import { normalizeSource } from "./normalize-source.ts";
import { parseChain } from "./parse-chain.ts";
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
    const schema = z.object({ level: z.enum(["low", "high"]).default("low") });
    const level = { type: "string", enum: ["low", "high"], default: "low" };
    expect(convert(schema)).toEqual({
      schema: { type: "object", properties: { level }, required: ["level"], additionalProperties: false },
      findings: [],
    });
    expect(convert(schema, "input").schema).toEqual({ type: "object", properties: { level } });
  });

  test("takes schemas that are functions", () => {
    const schema = Object.assign(() => 1, {
      "~standard": { version: 1, vendor: "fun", jsonSchema: { output: () => ({ type: "string" }) } },
    });
    expect(isStandardSchema(schema)).toBe(true);
    expect(convert(schema).schema).toEqual({ type: "string" });
  });

  test("says of a schema that cannot say what it is what to do", () => {
    expect(convert(old)).toEqual({
      schema: undefined,
      findings: [expect.stringMatching(/^invalid_schema \$\.output: .*elder.*write JSON Schema/)],
    });
  });

  test("passes on why a library cannot express a schema", () => {
    expect(convert(z.string().transform((text) => text.length)).findings).toEqual([
      expect.stringMatching(/^invalid_schema \$\.output: .*zod says: .*[Tt]ransform/),
    ]);
  });

  test("leaves everything else as it is", () => {
    for (const value of [{ type: "string" }, "string", undefined, null, 7, { "~standard": 1 }])
      expect(convert(value)).toEqual({ schema: value, findings: [] });
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
