import { expect, test } from "vitest";
import { frameOf, jsonText } from "./reply.ts";

test.each([
  ["<", "\\u003c"],
  [">", "\\u003e"],
  ["&", "\\u0026"],
  ["\u2028", "\\u2028"],
  ["\u2029", "\\u2029"],
])("%s is escaped wherever it stands", (char, escaped) => {
  expect(jsonText({ a: `x${char}y${char}` })).toBe(`{"a":"x${escaped}y${escaped}"}\n`);
  expect(frameOf(char)).toBe(`data: "${escaped}"\n\n`);
});

test("everything else is written as JSON writes it", () => {
  expect(jsonText({ a: 'ü"\u2027' })).toBe('{"a":"ü\\"\u2027"}\n');
  expect(jsonText(undefined)).toBe("null\n");
});
