import type { Json } from "@catenary/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { rewriteJson } from "./embedded-json.ts";

const negate = (json: Json): Json => (Array.isArray(json) ? [...json].reverse() : { was: json });

test("rewrites objects and lists where they stand, whatever is around them", () => {
  expect(rewriteJson('say {"a": "}"} and [1, 2], not {b}', negate)).toBe('say {"was":{"a":"}"}} and [2,1], not {b}');
});

test("leaves one that comes back the same as it is written", () => {
  expect(rewriteJson('{ "a":  1.0 } [ 7 ]', (json) => json)).toBe('{ "a":  1.0 } [ 7 ]');
});

test("passes over brackets that nothing closes, however many there are", () => {
  expect(rewriteJson('{ [ {"a":"\\" [1]', negate)).toBe('{ [ {"a":"\\" [1]');
  const noise = "{".repeat(100_000);
  expect(rewriteJson(noise, negate)).toBe(noise);
});

test("finds whatever JSON there is between two words", () => {
  const object = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
  fc.assert(
    fc.property(object, (value) => {
      const text = JSON.stringify(value);
      expect(rewriteJson(`before ${text} after`, () => "gone")).toBe('before "gone" after');
    }),
  );
});
