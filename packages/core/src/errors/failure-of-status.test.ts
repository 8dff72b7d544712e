import { describe, expect, test } from "vitest";
import { failureOfStatus, retryAfterOf } from "./failure-of-status.ts";

test.each([
  [400, "bad_request"],
  [401, "auth"],
  [403, "auth"],
  [404, "bad_request"],
  [408, "timeout"],
  [409, "bad_request"],
  [422, "bad_request"],
  [429, "rate_limit"],
  [499, "bad_request"],
  [500, "server_error"],
  [503, "server_error"],
  [599, "server_error"],
])("%i is %s", (status, failure) => {
  expect(failureOfStatus(status)).toBe(failure);
});

describe("how long a server asks to wait", () => {
  const now = Date.UTC(2024, 0, 1, 12, 0, 0);

  test.each([
    ["seconds", { "retry-after": "3" }, 3000],
    ["a part of a second", { "retry-after": "0.5" }, 500],
    ["no time at all", { "retry-after": "0" }, 0],
    ["seconds with spaces", { "retry-after": " 3 " }, 3000],
    ["a date", { "retry-after": "Mon, 01 Jan 2024 12:00:10 GMT" }, 10_000],
    ["a date that has passed", { "retry-after": "Mon, 01 Jan 2024 11:00:00 GMT" }, 0],
    ["milliseconds", { "retry-after-ms": "250" }, 250],
    ["milliseconds before seconds", { "retry-after-ms": "250", "retry-after": "9" }, 250],
    ["seconds where the milliseconds are broken", { "retry-after-ms": "soon", "retry-after": "2" }, 2000],
    ["seconds where the milliseconds are negative", { "retry-after-ms": "-1", "retry-after": "2" }, 2000],
    ["seconds where the milliseconds are empty", { "retry-after-ms": "", "retry-after": "2" }, 2000],
  ])("%s", (_, headers, waitMs) => {
    // Safe: an object of texts.
    expect(retryAfterOf(headers as Record<string, string>, now)).toBe(waitMs);
  });

  test.each([
    ["nothing", {}],
    ["an empty text", { "retry-after": "" }],
    ["white space", { "retry-after": "  " }],
    ["a negative number", { "retry-after": "-5" }],
    ["a word", { "retry-after": "soon" }],
    ["infinity", { "retry-after": "Infinity" }],
  ])("%s says nothing", (_, headers) => {
    // Safe: an object of texts.
    expect(retryAfterOf(headers as Record<string, string>, now)).toBeUndefined();
  });

  test("without headers nothing is known", () => {
    expect(retryAfterOf(undefined, now)).toBeUndefined();
  });
});
