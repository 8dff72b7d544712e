import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANSWERED, Pool } from "../../../tests/fixtures/pool.ts";
import { runs } from "../../../tests/property-runs.ts";
import type { CallOutcome } from "./leases.ts";

test("counts the calls of each candidate and backend, and over all", () => {
  const pool = new Pool([{}, {}]);
  const leases = [pool.take(0), pool.take(0), pool.take(1)];
  const held = () => pool.candidates.map(({ health }) => [health.held, health.backend.held]);
  expect([held(), pool.health.leases.total]).toEqual([
    [
      [2, 2],
      [1, 1],
    ],
    3,
  ]);
  for (const lease of leases) lease.release({ is: "cancelled" });
  expect([held(), pool.health.leases.total]).toEqual([
    [
      [0, 0],
      [0, 0],
    ],
    0,
  ]);
});

test("two models of one backend share its places", () => {
  const pool = new Pool([{ concurrency: 1 }]);
  const { backend } = pool.at(0);
  const other = { backend, model: { id: "other" }, health: pool.health.of(backend, "other"), rank: 0 };
  pool.take(0);
  expect(pool.select({}, [other])).toMatchObject({ is: "full" });
});

test("gives a lease back once, however often it is released", () => {
  const pool = new Pool([{}]);
  const lease = pool.take(0);
  pool.take(0);
  lease.release({ is: "cancelled" });
  lease.release({ is: "failed", failure: "server_error" });
  lease.release(ANSWERED);
  expect(pool.at(0).health.held).toBe(1);
});

test("measures the time of an answer, to its first piece and in all", () => {
  const pool = new Pool([{}]);
  const lease = pool.take(0);
  pool.clock.pass(300);
  lease.firstToken();
  pool.clock.pass(2_500);
  lease.firstToken();
  lease.release(ANSWERED);
  const { firstTokenTime, tokenTime } = pool.at(0).health;
  expect([firstTokenTime.measured, tokenTime.perToken]).toEqual([300, 10]);
});

describe("what says nothing about a candidate", () => {
  test.each(["rate_limit", "auth", "bad_request", "code", "chain", "cancelled"] as const)(
    "`%s` does not open its breaker",
    (failure) => {
      const pool = new Pool([{}]);
      pool.fail(0, 20, failure);
      expect(pool.at(0).health.breaker.isOpen).toBe(false);
    },
  );

  test("that the caller gave up does not open its breaker, and measures nothing", () => {
    const pool = new Pool([{}]);
    for (let at = 0; at < 20; at++) pool.call(0, { is: "cancelled" }, 60_000);
    const { breaker, tokenTime, firstTokenTime } = pool.at(0).health;
    expect([breaker.isOpen, tokenTime.perToken, firstTokenTime.measured]).toEqual([false, undefined, undefined]);
  });
});

test("whatever a candidate went through, calls that are given up change nothing of it", () => {
  const outcome = fc.constantFrom<CallOutcome>(
    ANSWERED,
    { is: "failed", failure: "server_error" },
    { is: "failed", failure: "timeout" },
    { is: "failed", failure: "rate_limit" },
    { is: "failed", failure: "auth" },
  );
  const step = fc.record({ outcome, tookMs: fc.constantFrom(0, 900, 9_000), givenUp: fc.nat(6) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const learnt = (givesUp: boolean) => {
        const pool = new Pool([{}], { random: () => 0.5 });
        for (const { outcome, tookMs, givenUp } of steps) {
          for (let time = 0; givesUp && time < givenUp; time++) pool.call(0, { is: "cancelled" });
          pool.call(0, outcome, tookMs);
        }
        const { breaker, coolDown, tokenTime, firstTokenTime, backend } = pool.at(0).health;
        return [breaker.isOpen, breaker.openUntil, coolDown.until, backend.credential.until, tokenTime, firstTokenTime];
      };
      expect(learnt(true)).toEqual(learnt(false));
    }),
    runs(100),
  );
});

describe("what is the candidate's own", () => {
  test.each(["server_error", "timeout", "network", "unavailable", "reply"] as const)(
    "`%s` opens its breaker",
    (failure) => {
      const pool = new Pool([{}]);
      pool.fail(0, 5, failure);
      expect(pool.at(0).health.breaker.isOpen).toBe(true);
    },
  );

  test("a failure does not change how fast it is taken to be", () => {
    const pool = new Pool([{}]);
    pool.call(0, ANSWERED, 2_800);
    pool.fail(0, 3);
    expect(pool.at(0).health.tokenTime.perToken).toBe(10);
  });
});

test("a full server that says for how long is left alone for so long", () => {
  const pool = new Pool([{}]);
  pool.call(0, { is: "failed", failure: "server_error", reason: "overloaded", retryAfterMs: 7_000 });
  expect(pool.at(0).health.coolDown.until).toBe(pool.clock.now() + 7_000);
});

describe("a key that is refused", () => {
  test("keeps calls from the backend for a minute, of all its models; an account with nothing left for ten", () => {
    const pool = new Pool([{}, {}]);
    pool.call(0, { is: "failed", failure: "auth" });
    pool.call(1, { is: "failed", failure: "rate_limit", reason: "quota" });
    const left = pool.candidates.map(({ health }) => health.backend.credential.until - pool.clock.now());
    expect(left).toEqual([60_000, 600_000]);
  });

  test("is forgotten with an answer to a call that began later, and only then", () => {
    const pool = new Pool([{}]);
    const before = pool.take(0);
    pool.clock.pass(10);
    pool.call(0, { is: "failed", failure: "auth" });
    before.release(ANSWERED);
    const { credential } = pool.at(0).health.backend;
    expect(credential.until).toBeGreaterThan(pool.clock.now());
    pool.clock.pass(10);
    pool.call(0, ANSWERED, 10);
    expect(credential.until).toBe(0);
  });
});

test("an account with nothing left stays so for its time, though a key is refused meanwhile", () => {
  const pool = new Pool([{}, {}]);
  const { credential } = pool.at(0).health.backend;
  pool.call(0, { is: "failed", failure: "rate_limit", reason: "quota" });
  const { until } = credential;
  pool.clock.pass(10_000);
  pool.call(0, { is: "failed", failure: "auth" });
  expect([credential.until, credential.isSpent]).toEqual([until, true]);
});

test("a model that was not there and answers is there", () => {
  const pool = new Pool([{}, {}]);
  pool.call(0, { is: "failed", failure: "unavailable", reason: "model_not_found" });
  expect(pool.at(0).health.missingSince).toBeDefined();
  pool.call(0, { is: "answered" });
  expect(pool.at(0).health.missingSince).toBeUndefined();
});

test("a model that is not there is looked for again once the backend lists it anew", () => {
  const pool = new Pool([{}]);
  const { backend, health } = pool.at(0);
  const list = (at: number) => pool.health.listed({ backend, models: [{ id: "m" }], error: undefined, at });
  pool.call(0, { is: "failed", failure: "unavailable", reason: "model_not_found" });
  list(pool.clock.now() - 1);
  expect(health.missingSince).toBe(pool.clock.now());
  list(pool.clock.now() + 1);
  expect(health.missingSince).toBeUndefined();
});
