import { describe, expect, test } from "vitest";
import { Pool } from "../../../tests/fixtures/pool.ts";
import type { CallOutcome } from "./leases.ts";

const RATE_LIMIT = { is: "failed", failure: "rate_limit" } as const;
const FULL: CallOutcome = { is: "failed", failure: "server_error", reason: "overloaded", retryAfterMs: 40_000 };
const AUTH: CallOutcome = { is: "failed", failure: "auth" };

describe("the only candidate", () => {
  test("is left alone for as long as its server said, and it is said how long that is", () => {
    const pool = new Pool([{}]);
    pool.call(0, { ...RATE_LIMIT, retryAfterMs: 30_000 });
    pool.clock.pass(1_000);
    expect(pool.select()).toMatchObject({ is: "none", why: "cooling", retryAfterMs: 29_000 });
    pool.clock.pass(29_000);
    expect(pool.choose().decision.failOpen).toBeUndefined();
  });

  test("is asked by a task that tries again, whatever its server said", () => {
    const pool = new Pool([{}]);
    pool.call(0, { ...RATE_LIMIT, retryAfterMs: 30_000 });
    expect(pool.choose({ isOwnRetry: true }).decision).toMatchObject({ failOpen: true });
  });

  test("is asked where its server did not say for how long, as nobody can know it", () => {
    const pool = new Pool([{}]);
    pool.call(0, { ...RATE_LIMIT, retryAfterMs: 1_000 });
    pool.call(0, RATE_LIMIT);
    expect(pool.select()).toMatchObject({ is: "none", why: "cooling" });
    pool.clock.pass(1_000);
    expect(pool.choose().decision).toMatchObject({ failOpen: true });
  });

  test("is left alone, too, where it failed so often besides that its breaker is open", () => {
    const pool = new Pool([{}]);
    for (let time = 0; time < 5; time++) pool.call(0, FULL);
    expect(pool.select()).toMatchObject({ is: "none", why: "cooling", retryAfterMs: 40_000 });
    expect(pool.choose({ isOwnRetry: true }).decision).toMatchObject({ failOpen: true });
  });

  test("beside others that cannot be counted on is left alone as if there were none", () => {
    const pool = new Pool([{}, {}]);
    pool.call(0, AUTH);
    pool.call(1, { ...RATE_LIMIT, retryAfterMs: 30_000 });
    expect(pool.select()).toMatchObject({ is: "none", why: "cooling", retryAfterMs: 30_000 });
    expect(pool.choose({ isOwnRetry: true }).candidate.backend.id).toBe("b");
  });
});

test("of several that failed too often those that said for how long are left alone are not asked all the same", () => {
  const pool = new Pool([{}, {}]);
  for (let time = 0; time < 5; time++) pool.call(0, FULL);
  pool.fail(1, 5);
  expect(pool.choose()).toMatchObject({ candidate: { backend: { id: "b" } }, decision: { failOpen: true } });
  pool.call(1, FULL);
  pool.clock.pass(1_000);
  expect(pool.select()).toMatchObject({ is: "none", why: "cooling", retryAfterMs: 39_000 });
});
