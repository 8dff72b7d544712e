import { expect, test } from "vitest";
import { retryAfterOf } from "./retry-after-of.ts";

const now = Date.UTC(2025, 0, 1, 12, 0, 0);

test.each<readonly [string, Readonly<Record<string, string>>, number]>([
  ["seconds", { "retry-after": "120" }, 120_000],
  ["seconds with spaces", { "retry-after": " 5 " }, 5000],
  ["a part of a second", { "retry-after": "0.5" }, 500],
  ["no time at all", { "retry-after": "0" }, 0],
  ["a date", { "retry-after": "Wed, 01 Jan 2025 12:00:30 GMT" }, 30_000],
  ["a date as it was written once", { "retry-after": "Wednesday, 01-Jan-25 12:00:30 GMT" }, 30_000],
  ["a date that has passed", { "retry-after": "Wed, 01 Jan 2025 11:59:00 GMT" }, 0],
  [
    "a date by the server's own clock",
    { "retry-after": "Fri, 01 Jan 2027 00:00:05 GMT", date: "Fri, 01 Jan 2027 00:00:00 GMT" },
    5000,
  ],
  ["a date where the server's own is broken", { "retry-after": "Wed, 01 Jan 2025 12:00:30 GMT", date: "now" }, 30_000],
  ["milliseconds", { "retry-after-ms": "250" }, 250],
  ["milliseconds before seconds", { "retry-after-ms": "250", "retry-after": "9" }, 250],
  ["seconds where the milliseconds are broken", { "retry-after-ms": "soon", "retry-after": "2" }, 2000],
  ["seconds where the milliseconds are negative", { "retry-after-ms": "-1", "retry-after": "2" }, 2000],
  ["seconds where the milliseconds are empty", { "retry-after-ms": "", "retry-after": "2" }, 2000],
])("understands %s, as an object and as headers", (_, headers, waitMs) => {
  expect(retryAfterOf(headers, now)).toBe(waitMs);
  expect(retryAfterOf(new Headers({ ...headers }), now)).toBe(waitMs);
});

test.each(["", "  ", "soon", "-5", "Infinity", "1e9", "12345678901", "2025-01-01", "Wed, 99 Foo"])(
  "does not guess at %o",
  (value) => {
    expect(retryAfterOf({ "retry-after": value }, now)).toBeUndefined();
  },
);

test("knows nothing without the header", () => {
  expect(retryAfterOf({}, now)).toBeUndefined();
  expect(retryAfterOf(undefined, now)).toBeUndefined();
});
