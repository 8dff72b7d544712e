import { expect, test } from "vitest";
import { parseRetryAfter } from "./retry-after.ts";

const now = Date.UTC(2025, 0, 1, 12, 0, 0);

test.each([
  ["0", 0],
  ["120", 120_000],
  [" 5 ", 5000],
  ["Wed, 01 Jan 2025 12:00:30 GMT", 30_000],
  ["Wednesday, 01-Jan-25 12:00:30 GMT", 30_000],
  ["Wed, 01 Jan 2025 11:59:00 GMT", 0],
])("reads %o", (value, expected) => {
  expect(parseRetryAfter(value, now)).toBe(expected);
});

test.each([null, "", "soon", "-5", "1.5", "2025-01-01", "Wed, 99 Foo"])("does not guess at %o", (value) => {
  expect(parseRetryAfter(value, now)).toBe(undefined);
});
