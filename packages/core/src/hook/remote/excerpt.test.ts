import fc from "fast-check";
import { expect, test } from "vitest";
import { excerpt } from "./excerpt.ts";

test("leaves a short text as it is", () => {
  expect(excerpt("x".repeat(200))).toBe("x".repeat(200));
  expect(excerpt("😀".repeat(200))).toBe("😀".repeat(200));
});

test("cuts after 200 characters", () => {
  expect(excerpt("x".repeat(201))).toBe(`${"x".repeat(200)}…`);
  expect(excerpt("😀".repeat(5000))).toBe(`${"😀".repeat(200)}…`);
});

test("never cuts a character in two", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 150, maxLength: 300 }), (text) => {
      const shown = excerpt(text);
      expect(shown.isWellFormed()).toBe(true);
      expect(text.startsWith(shown.replace(/…$/, ""))).toBe(true);
    }),
  );
});
