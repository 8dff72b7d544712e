import { expect, test } from "vitest";
import { dropAbsent } from "./drop-absent.ts";

const words = { a: { type: "string" }, b: { type: "integer" } };

test("nulls that stand for what was left out are taken away, others stay", () => {
  const schema = {
    type: "object",
    properties: {
      days: { type: "integer" },
      note: { type: ["string", "null"] },
      at: { type: "object", properties: { zone: { type: "string" } } },
    },
    required: ["note"],
  };
  expect(dropAbsent({ days: null, note: null, at: { zone: null } }, schema)).toEqual({ note: null, at: {} });
});

test("below lists, references, parts of a whole and further properties as well", () => {
  const schema = {
    type: "object",
    properties: {
      list: { type: "array", items: { properties: words } },
      pair: { prefixItems: [{ properties: words }], items: { $ref: "#/$defs/word" } },
      linked: { $ref: "#/$defs/word" },
      whole: { allOf: [{ properties: { a: { type: "string" } } }, { required: ["c"] }] },
    },
    additionalProperties: { $ref: "#/$defs/word" },
    $defs: { word: { properties: { q: { type: "string" }, next: { $ref: "#/$defs/word" } } } },
  };
  const input = {
    list: [{ a: "x", b: null }, { a: null }],
    pair: [{ a: null, b: 1 }, { q: null }],
    linked: { q: "x", next: { q: null, next: null } },
    whole: { a: null, c: null },
    other: { q: null },
  };
  expect(dropAbsent(input, schema)).toEqual({
    list: [{ a: "x" }, {}],
    pair: [{ b: 1 }, {}],
    linked: { q: "x", next: {} },
    whole: { c: null },
    other: {},
  });
});

test("a null that a property may be stays, left out or not", () => {
  const schema = { properties: { a: { type: ["string", "null"] }, b: { enum: [1, null] }, c: {}, d: { const: 1 } } };
  expect(dropAbsent({ a: null, b: null, c: null, d: null }, schema)).toEqual({ a: null, b: null, c: null });
});

test("of several shapes the one counts whose words are there", () => {
  const schema = {
    anyOf: [
      { properties: { kind: { const: "line" }, end: { type: "integer" } }, required: ["kind"] },
      { properties: { kind: { const: "ray" }, end: { type: "null" } }, required: ["kind", "end"] },
    ],
  };
  expect(dropAbsent({ kind: "line", end: null }, schema)).toEqual({ kind: "line" });
  expect(dropAbsent({ kind: "ray", end: null }, schema)).toEqual({ kind: "ray", end: null });
});

test("what is no object, and has no schema, stays as it is", () => {
  expect(dropAbsent("x", { type: "object" })).toBe("x");
  expect(dropAbsent({ a: null }, undefined)).toEqual({ a: null });
});
