import { scriptedBackend } from "@catenary/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { routingParts } from "../../../tests/fixtures/routing-parts.ts";
import { CatenaryError } from "../../errors/catenary-error.ts";
import type { FailureClass } from "../../errors/failure-class.ts";
import { type FailureReason, ModelError } from "../../errors/model-error.ts";
import { ReplyError } from "../../errors/reply-error.ts";
import type { Candidate } from "../candidates/candidate.ts";
import { deadlineExceeded, mostActionable, passesOn } from "./failures-of-call.ts";
import type { FailedTry } from "./journey.ts";

const backend = scriptedBackend({ id: "b" });
const candidate: Candidate = {
  backend,
  model: { id: "m" },
  health: routingParts([backend]).health.of(backend, "m"),
  rank: 0,
};
const failure = (failure: FailureClass, reason?: FailureReason, message = "no"): CatenaryError =>
  new ModelError(message, { failure, ...(reason !== undefined && { reason }), status: 499 });
const tried = (...errors: readonly CatenaryError[]): FailedTry[] => errors.map((error) => ({ candidate, error }));

/** In the order in which they are told. */
const ORDER: readonly CatenaryError[] = [
  failure("bad_request"),
  failure("bad_request", "context_length"),
  failure("bad_request", "content_filter"),
  failure("auth"),
  failure("rate_limit", "quota"),
  failure("rate_limit"),
  failure("timeout", "first_token"),
  new ReplyError("nothing"),
  failure("server_error", "overloaded"),
  failure("unavailable", "model_not_found"),
];

test("of several failures the one is told about which most can be done, whatever their order", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...ORDER], { minLength: 2 }), (errors) => {
      const told = mostActionable(tried(...errors));
      const first = ORDER.find((error) => errors.includes(error));
      expect(told).toMatchObject({ failure: first?.failure, message: first?.message });
      expect(told?.details.reason).toBe(first?.details.reason);
      expect(told?.details.attempts).toHaveLength(errors.length);
    }),
  );
});

test("where others are there and were not asked it is said why", () => {
  const told = mostActionable(tried(failure("server_error", "overloaded", "it is full")), {
    why: "budget",
    dropped: [],
  });
  expect(told).toMatchObject({
    message: expect.stringMatching(/^it is full; nobody else was asked, because .*retry budget is empty/),
    details: {
      reason: "overloaded",
      others: expect.stringContaining("retry budget"),
      attempts: [{ message: "it is full" }],
    },
  });
  expect(mostActionable(tried(failure("server_error", undefined, "no")), { why: "tried", dropped: [] })?.message).toBe(
    "no",
  );
});

test("of others that could not be asked it is told why, in words and in the details; of whoever was tried and did not suit it is not", () => {
  const dropped = [
    { backend: "b", model: "m", stage: "available", why: "it was tried already" },
    { backend: "c", model: "m", stage: "available", why: "it asked to be left alone for another 5 s" },
    { backend: "d", model: "m", stage: "eligible", why: "it takes no tools" },
  ];
  for (const why of ["cooling", "open", "refused", "spent", "missing", "limited", "full"] as const) {
    const told = mostActionable(tried(failure("server_error", undefined, "no")), { why, dropped });
    expect(told?.details.others).toBe("nobody else could be asked (m on c: it asked to be left alone for another 5 s)");
    expect(told?.message).toBe(`no; ${told?.details.others}`);
  }
});

test("a line that is full is no place that did not come free in time", () => {
  const told = mostActionable(tried(failure("server_error")), { why: "line_full", dropped: [] });
  expect(told?.message).toContain("no further call may wait (routing.queueLength)");
});

test("a single failure is told as it is, the last one of equals, and none of none", () => {
  const [one, other] = [failure("server_error", undefined, "one"), failure("server_error", undefined, "other")];
  expect(mostActionable(tried(one))).toBe(one);
  expect(mostActionable(tried(one, other))?.message).toBe("other");
  expect(mostActionable([])).toBeUndefined();
});

test("what is told with the others is still of its class, with its stack, and changes nothing about the error that was thrown", () => {
  const thrown = failure("rate_limit");
  const told = mostActionable(tried(failure("server_error", "overloaded", "key sk-abcdefghijkl"), thrown));
  expect(told).toBeInstanceOf(ModelError);
  expect(CatenaryError.isInstance(told)).toBe(true);
  expect(told?.stack).toBe(thrown.stack);
  expect(told?.details).toEqual({
    status: 499,
    attempts: [
      {
        backend: "b",
        model: "m",
        code: "model_failed",
        failure: "server_error",
        reason: "overloaded",
        status: 499,
        message: "key …",
      },
      { backend: "b", model: "m", code: "model_failed", failure: "rate_limit", status: 499, message: "no" },
    ],
  });
  expect(thrown.details.attempts).toBeUndefined();
  expect(JSON.parse(JSON.stringify(told))).toMatchObject({ details: { attempts: [{}, {}] } });
});

test.each<readonly [FailureClass, FailureReason | undefined, boolean]>([
  ["rate_limit", undefined, true],
  ["rate_limit", "quota", true],
  ["unavailable", "model_not_found", true],
  ["bad_request", "context_length", true],
  ["bad_request", "content_filter", false],
  ["bad_request", undefined, false],
  ["auth", undefined, true],
  ["cancelled", undefined, false],
  ["chain", undefined, false],
])("%s (%s) goes to another candidate: %s", (kind, reason, expected) => {
  expect(passesOn(failure(kind, reason))).toBe(expected);
});

test("a deadline that passed before anybody was asked is no reason to look for a faster model", () => {
  expect(deadlineExceeded(undefined).message).toContain("before anybody could be asked");
  expect(deadlineExceeded(undefined).message).toContain("or make fewer calls at once, or add a backend");
  expect(deadlineExceeded(candidate).message).toContain("while m on b was asked");
  expect(deadlineExceeded(candidate).message).toContain("or use a faster model");
});
