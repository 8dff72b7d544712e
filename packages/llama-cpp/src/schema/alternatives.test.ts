import { expect, test } from "vitest";
import { alternativesOf } from "./alternatives.ts";

const ways = (schema: Parameters<typeof alternativesOf>[0]) => alternativesOf(schema, schema, "");

test("a schema without choices has one way, and one that allows nothing none", () => {
  expect(ways({ type: "string" })).toEqual([{ type: "string" }]);
  expect(ways({ anyOf: [false] })).toEqual([]);
});

test("what stands beside choices is asked for in each of them, and choices of choices are taken apart", () => {
  const inner = { oneOf: [{ minLength: 2 }, { maxLength: 9 }] };
  expect(ways({ type: "string", anyOf: [inner, { pattern: "a" }] })).toEqual([
    { type: "string", minLength: 2 },
    { type: "string", maxLength: 9 },
    { type: "string", pattern: "a" },
  ]);
});

test("parts of a whole that have choices are combined", () => {
  const one = { anyOf: [{ minimum: 1 }, { minimum: 2 }] };
  const other = { anyOf: [{ maximum: 8 }, { maximum: 9 }] };
  expect(ways({ allOf: [one, other] })).toEqual([
    { minimum: 1, maximum: 8 },
    { minimum: 1, maximum: 9 },
    { minimum: 2, maximum: 8 },
    { minimum: 2, maximum: 9 },
  ]);
});

test("a choice that leads back to itself offers nothing new", () => {
  expect(ways({ anyOf: [{ $ref: "#" }, { type: "null" }] })).toEqual([{ type: "null" }, { type: "null" }]);
  expect(ways({ $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } } })).toEqual([]);
});
