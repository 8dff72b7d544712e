import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { programOf } from "../../tests/play-facts.ts";
import type { TaskDefinition } from "../chain/chain.ts";
import { FAILURE_CLASSES } from "../errors/failure-class.ts";
import { decideRetry, type FailedAttempt } from "./decide-retry.ts";

const FAILED: FailedAttempt = {
  attempt: 1,
  failure: "network",
  code: "model_failed",
  retryAfterMs: undefined,
  random: 0.5,
  delivered: false,
  tries: 1,
};

function decide(task: Partial<TaskDefinition>, failed: Partial<FailedAttempt> = {}): number | undefined {
  const [compiled] = programOf([{ id: "task", ...task }]).tasks;
  if (compiled === undefined) return Number.NaN;
  return decideRetry(compiled, { ...FAILED, ...failed });
}

describe("retry_on_failure", () => {
  test("a task that asks for none is not tried again", () => {
    expect(decide({})).toBeUndefined();
    expect(decide({ retryOnFailure: 0 })).toBeUndefined();
    expect(decide({ retryOnFailure: -3 })).toBeUndefined();
  });

  test("retries are at once, even where the server asked to wait", () => {
    expect(decide({ retryOnFailure: 1 }, { retryAfterMs: 5000 })).toBe(0);
  });

  test("there are as many further attempts as the task asks for", () => {
    expect(decide({ retryOnFailure: 2 }, { attempt: 2 })).toBe(0);
    expect(decide({ retryOnFailure: 2 }, { attempt: 3, tries: 2 })).toBeUndefined();
  });

  test("what comes from a model or a hook is tried again, a refusal of the credentials is not", () => {
    const again = FAILURE_CLASSES.filter((failure) => decide({ retryOnFailure: 1 }, { failure }) !== undefined);
    expect(again).toEqual([
      "rate_limit",
      "server_error",
      "timeout",
      "network",
      "unavailable",
      "bad_request",
      "reply",
      "code",
    ]);
  });
});

describe("retry", () => {
  const exact = { max: 9, backoff: "100ms", jitter: false };

  test("the pause doubles, up to 30 seconds", () => {
    const pauses = [1, 2, 3, 9].map((attempt) => decide({ retry: exact }, { attempt }));
    expect(pauses).toEqual([100, 200, 400, 25_600]);
    expect(decide({ retry: { ...exact, max: 99 } }, { attempt: 50 })).toBe(30_000);
    expect(decide({ retry: { ...exact, max: 5000 } }, { attempt: 4000 })).toBe(30_000);
  });

  test("the pause is half a second where the task does not say, and is drawn between 0 and its value", () => {
    expect(decide({ retry: { max: 1 } }, { random: 0 })).toBe(0);
    expect(decide({ retry: { max: 1 } }, { random: 0.5 })).toBe(250);
    expect(decide({ retry: { max: 1 } }, { random: 0.999 })).toBe(499);
  });

  test("the pause is at least what the server asked for, up to a minute", () => {
    expect(decide({ retry: exact }, { retryAfterMs: 5000 })).toBe(5000);
    expect(decide({ retry: exact }, { retryAfterMs: 50 })).toBe(100);
    expect(decide({ retry: exact }, { retryAfterMs: 3_600_000 })).toBe(60_000);
  });

  test("a wait that is no number asks for nothing", () => {
    expect(decide({ retry: exact }, { retryAfterMs: Number.NaN })).toBe(100);
    expect(decide({ retry: exact }, { retryAfterMs: -5 })).toBe(100);
  });

  test("only the classes that it lists are tried again", () => {
    const retry = { ...exact, on: ["rate_limit", "timeout"] as const };
    expect(decide({ retry }, { failure: "rate_limit" })).toBe(100);
    expect(decide({ retry }, { failure: "network", code: "model_failed" })).toBeUndefined();
  });

  test("what the same again cannot mend is not tried again, even where it is listed", () => {
    for (const failure of ["auth", "chain", "cancelled"] as const) {
      expect(decide({ retry: { ...exact, on: [failure] } }, { failure })).toBeUndefined();
    }
  });

  test("with both, the larger number of attempts counts, and there is a pause", () => {
    expect(decide({ retry: { max: 1, backoff: "100ms", jitter: false }, retryOnFailure: 3 }, { attempt: 3 })).toBe(400);
  });
});

describe("what was delivered", () => {
  test("is not delivered twice", () => {
    expect(decide({ retryOnFailure: 1 }, { delivered: true })).toBeUndefined();
  });

  test("is taken back where the task says restart", () => {
    expect(decide({ retryOnFailure: 1, restart: true }, { delivered: true })).toBe(0);
  });
});

describe("the number of model calls", () => {
  test("is three where the task asks for fewer attempts", () => {
    expect(decide({ retryOnFailure: 1 }, { tries: 2 })).toBe(0);
    expect(decide({ retryOnFailure: 1 }, { tries: 3 })).toBeUndefined();
  });

  test("grows with the attempts that the task asks for", () => {
    expect(decide({ retryOnFailure: 5 }, { attempt: 5, tries: 5 })).toBe(0);
    expect(decide({ retryOnFailure: 5 }, { attempt: 5, tries: 6 })).toBeUndefined();
  });

  test("is what routing says", () => {
    const executeConfig = { routing: { attempts: 2 } };
    expect(decide({ retryOnFailure: 5, executeConfig }, { tries: 1 })).toBe(0);
    expect(decide({ retryOnFailure: 5, executeConfig }, { tries: 2 })).toBeUndefined();
  });
});

test("a pause is a finite number of milliseconds, from 0 to a minute", () => {
  const failed = fc.record({
    attempt: fc.integer({ min: 1, max: 2000 }),
    failure: fc.constantFrom(...FAILURE_CLASSES),
    retryAfterMs: fc.oneof(fc.constant(undefined), fc.double()),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    delivered: fc.boolean(),
    tries: fc.nat(3),
  });
  const retry = fc.record({
    max: fc.nat(3000),
    backoff: fc.constantFrom("0", "1ns", "1ms", "1h", "100000h"),
    jitter: fc.boolean(),
  });
  fc.assert(
    fc.property(failed, retry, (attempt, policy) => {
      const pause = decide({ retry: policy }, attempt);
      expect(pause === undefined || (pause >= 0 && pause <= 60_000)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
