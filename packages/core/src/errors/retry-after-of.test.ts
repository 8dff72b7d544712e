import fc from "fast-check";
import { expect, test } from "vitest";
import { retryAfterOf } from "./retry-after-of.ts";
import { LONGEST_WAIT_MS } from "./wait-headers.ts";

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
  ["milliseconds as Azure spells them", { "x-ms-retry-after-ms": "90", "retry-after": "9" }, 90],
  [
    "the reset of the limit that is exhausted, in Go's spelling",
    {
      "x-ratelimit-remaining-requests": "0",
      "x-ratelimit-reset-requests": "6m0.5s",
      "x-ratelimit-remaining-tokens": "90",
      "x-ratelimit-reset-tokens": "12ms",
    },
    360_500,
  ],
  [
    "the longer reset where two limits are exhausted",
    {
      "x-ratelimit-remaining-requests": "0",
      "x-ratelimit-reset-requests": "120ms",
      "x-ratelimit-remaining-tokens": "0",
      "x-ratelimit-reset-tokens": "1h2m3s",
    },
    3_723_000,
  ],
  [
    "a reset as Anthropic writes it, by the server's own clock",
    {
      "anthropic-ratelimit-input-tokens-remaining": "0",
      "anthropic-ratelimit-input-tokens-reset": "2027-01-01T00:00:07Z",
      date: "Fri, 01 Jan 2027 00:00:00 GMT",
    },
    7000,
  ],
  ["a reset in seconds", { "ratelimit-remaining": "0", "ratelimit-reset": "50" }, 50_000],
  [
    "a reset in seconds since 1970",
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now / 1000 + 4) },
    4000,
  ],
  ["a reset in milliseconds since 1970", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now + 4) }, 4],
  [
    "what the server asks before a reset",
    { "retry-after": "1", "ratelimit-remaining": "0", "ratelimit-reset": "50" },
    1000,
  ],
  ["no more than a day", { "retry-after": "999999999" }, LONGEST_WAIT_MS],
  ["a day for what is longer than any day", { "retry-after": "1000000000" }, LONGEST_WAIT_MS],
  ["a day for as many milliseconds", { "retry-after-ms": "12345678901234" }, LONGEST_WAIT_MS],
  ["seconds where the milliseconds are broken", { "retry-after-ms": "soon", "retry-after": "2" }, 2000],
  ["seconds where the milliseconds are negative", { "retry-after-ms": "-1", "retry-after": "2" }, 2000],
  ["seconds where the milliseconds are empty", { "retry-after-ms": "", "retry-after": "2" }, 2000],
])("understands %s, as an object and as headers", (_, headers, waitMs) => {
  expect(retryAfterOf(headers, now)).toBe(waitMs);
  expect(retryAfterOf(new Headers({ ...headers }), now)).toBe(waitMs);
});

test.each(["", "  ", "soon", "-5", "Infinity", "1e9", "2025-01-01", "Wed, 99 Foo"])("does not guess at %o", (value) => {
  expect(retryAfterOf({ "retry-after": value }, now)).toBeUndefined();
});

test("knows nothing without the header", () => {
  expect(retryAfterOf({}, now)).toBeUndefined();
  expect(retryAfterOf(undefined, now)).toBeUndefined();
});

test("knows nothing of a limit that still has something, or whose reset cannot be read", () => {
  const reset = { "x-ratelimit-reset-requests": "6m0s" };
  expect(retryAfterOf({ ...reset, "x-ratelimit-remaining-requests": "3" }, now)).toBeUndefined();
  expect(retryAfterOf(reset, now)).toBeUndefined();
  const soon = { "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "soon" };
  expect(retryAfterOf(soon, now)).toBeUndefined();
});

test("reads Google's RetryInfo out of a body", () => {
  const details = [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "38.5s" }];
  expect(retryAfterOf(undefined, now, { error: { details } })).toBe(38_500);
  expect(retryAfterOf({}, now, [{ error: { details } }])).toBe(38_500);
  expect(retryAfterOf({ "retry-after": "2" }, now, { error: { details } })).toBe(2000);
  for (const retryDelay of ["s", "-1s", "soon", 38, null]) {
    expect(retryAfterOf({}, now, { error: { details: [{ retryDelay }] } })).toBeUndefined();
  }
});

test("whatever a server sends, it is a time of at most a day, or nothing", () => {
  const names = [
    "retry-after-ms",
    "x-ms-retry-after-ms",
    "retry-after",
    "date",
    "x-ratelimit-remaining-requests",
    "x-ratelimit-reset-requests",
    "anthropic-ratelimit-tokens-remaining",
    "anthropic-ratelimit-tokens-reset",
    "ratelimit-remaining",
    "ratelimit-reset",
  ];
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom("0", "0.0", "1e400", "9".repeat(13), "6m0s", "-5", "NaN", "∞"),
    fc.integer().map(String),
    fc.double().map(String),
    fc.date().map((date) => date.toUTCString()),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
  const headers = fc.dictionary(fc.constantFrom(...names), value);
  fc.assert(
    fc.property(headers, fc.anything(), fc.integer(), (given, body, at) => {
      const waitMs = retryAfterOf(given, at, body);
      expect(waitMs === undefined || (waitMs >= 0 && waitMs <= LONGEST_WAIT_MS)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
