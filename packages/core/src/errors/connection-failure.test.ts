import { describe, expect, test } from "vitest";
import { connectionFailureOf, isConnectionFailure } from "./connection-failure.ts";

const withCode = (code: string, message = "") => Object.assign(new Error(message), { code });
const fetchFailed = (cause: unknown) => new TypeError("fetch failed", { cause });

describe("a connection's failure", () => {
  test.each([
    ["ECONNREFUSED", "network", true],
    ["ENOTFOUND", "network", true],
    ["ConnectionRefused", "network", true],
    ["ECONNRESET", "network", false],
    ["ETIMEDOUT", "timeout", false],
    ["UND_ERR_CONNECT_TIMEOUT", "timeout", false],
  ])("with the code %s is a %s failure", (code, failure, isUnanswered) => {
    const root = withCode(code, "the words");
    expect(connectionFailureOf(fetchFailed(root))).toEqual({
      failure,
      reason: "the words",
      root,
      isUnanswered,
      isUnresolved: code === "ENOTFOUND",
    });
    expect(isConnectionFailure(fetchFailed(root))).toBe(true);
  });

  test("is read from the first of several addresses that were tried", () => {
    const error = fetchFailed(new AggregateError([withCode("ECONNREFUSED", "connect ECONNREFUSED ::1:1")], ""));
    expect(connectionFailureOf(error)).toMatchObject({ reason: "connect ECONNREFUSED ::1:1", isUnanswered: true });
  });

  test("has the code for its words where it has none, and may be no error", () => {
    expect(connectionFailureOf(withCode("EPIPE")).reason).toBe("EPIPE");
    expect(connectionFailureOf("gone").reason).toBe("gone");
    expect(connectionFailureOf(undefined).reason).toBe("undefined");
  });

  test("ends where its causes go round", () => {
    const error = withCode("ECONNRESET", "reset");
    error.cause = fetchFailed(error);
    expect(connectionFailureOf(error)).toMatchObject({ failure: "network", reason: "fetch failed" });
    expect(isConnectionFailure(error)).toBe(true);
  });
});

test("an answer that cannot be used is no failure of the connection", () => {
  expect(isConnectionFailure(new SyntaxError("Unexpected token"))).toBe(false);
  expect(isConnectionFailure(new TypeError("terminated"))).toBe(true);
});

test("a server that leaves in the middle has aborted nothing of ours", () => {
  const cause = Object.assign(new Error("aborted"), { code: "ECONNRESET" });
  const failed = connectionFailureOf(new TypeError("terminated", { cause }));
  expect(failed).toMatchObject({
    failure: "network",
    reason: "the server closed it before its answer was whole",
    root: cause,
  });
});
