import { describe, expect, test } from "vitest";
import { ANSWERED, Pool } from "../../../tests/fixtures/pool.ts";

describe("`lowest-latency`", () => {
  const answer = (pool: Pool, at: number, firstTokenMs: number, tookMs: number) => {
    const lease = pool.take(at);
    pool.clock.pass(firstTokenMs);
    lease.firstToken();
    pool.clock.pass(tookMs - firstTokenMs);
    lease.release(ANSWERED);
  };

  test("takes who begins to answer soonest, not who ends soonest", () => {
    const pool = new Pool([{}, {}], { random: () => 0 });
    answer(pool, 0, 900, 1_000);
    answer(pool, 1, 100, 9_000);
    expect(pool.pick({ policy: "lowest-latency" })).toBe("b");
  });

  test("counts the calls under way, so that calls do not all run to the fastest", () => {
    const pool = new Pool([{}, {}], { random: () => 0 });
    answer(pool, 0, 100, 200);
    answer(pool, 1, 250, 300);
    pool.take(0);
    pool.take(0);
    expect(pool.pick({ policy: "lowest-latency" })).toBe("b");
  });

  test("asks one that was slow again after a while, as one like the others", () => {
    const pool = new Pool([{}, {}, {}], { random: () => 0 });
    answer(pool, 0, 20_000, 20_000);
    answer(pool, 1, 300, 300);
    answer(pool, 2, 310, 310);
    const scores = () => {
      const { decision, lease } = pool.choose({ policy: "lowest-latency" });
      lease.release({ is: "cancelled" });
      return decision.scores ?? [];
    };
    expect(scores().at(-1)).toMatchObject({ backend: "a" });
    pool.clock.pass(10 * 60_000);
    expect(scores().map(({ score }) => Math.round(score))).toEqual([310, 310, 310]);
  });

  test("is also called `low-latency`, as in contenox/runtime", () => {
    expect(new Pool([{}]).choose({ policy: "low-latency" }).decision.policy).toBe("lowest-latency");
  });
});
