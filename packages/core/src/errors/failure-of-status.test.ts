import { expect, test } from "vitest";
import { failureOfStatus } from "./failure-of-status.ts";

test.each([
  [304, "bad_request"],
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
