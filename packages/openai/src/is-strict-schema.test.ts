import { describe, expect, test } from "vitest";
import { isStrictSchema } from "./is-strict-schema.ts";

const text = { type: "string" };
const closed = (properties: object, required = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

describe("a schema that OpenAI's strict mode takes", () => {
  test.each([
    ["a closed object", closed({ a: text })],
    [
      "objects in objects, lists and alternatives",
      closed({
        a: closed({ b: text }),
        c: { type: "array", items: closed({}) },
        d: { anyOf: [text, { type: "null" }] },
      }),
    ],
    ["references", { ...closed({ a: { $ref: "#/$defs/x" } }), $defs: { x: closed({ b: text }) } }],
  ])("%s", (_what, schema) => expect(isStrictSchema(schema)).toBe(true));
});

describe("a schema that it refuses", () => {
  test.each([
    ["an open object", { type: "object", properties: { a: text }, required: ["a"] }],
    ["an optional property", closed({ a: text }, [])],
    ["free keys", { type: "object", additionalProperties: text }],
    ["an open object deep inside", closed({ a: { type: "array", items: { type: "object" } } })],
    ["oneOf", closed({ a: { oneOf: [text] } })],
    ["an open definition", { ...closed({ a: { $ref: "#/$defs/x" } }), $defs: { x: { type: "object" } } }],
    ["no schema", true],
  ])("%s", (_what, schema) => expect(isStrictSchema(schema)).toBe(false));
});
