import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANSWERED, Pool } from "../../../tests/fixtures/pool.ts";
import { shares } from "../../../tests/fixtures/shares.ts";
import { runs } from "../../../tests/property-runs.ts";

describe("`auto`", () => {
  test("takes the shortest delay: the time for a token times the calls, for the places", () => {
    const pool = new Pool([{}, {}], { random: () => 0 });
    pool.call(0, ANSWERED, 2_800);
    pool.call(1, ANSWERED, 8_400);
    expect(pool.pick({ policy: "auto" })).toBe("a");
    pool.take(0);
    expect(pool.pick({ policy: "auto" })).toBe("a");
    pool.take(0);
    pool.take(0);
    expect(pool.pick({ policy: "auto" })).toBe("b");
  });

  test("counts places only where all have said how many they have", () => {
    const slow = { concurrency: 10 };
    const both = new Pool([slow, { concurrency: 1 }], { random: () => 0 });
    both.call(0, ANSWERED, 8_400);
    both.call(1, ANSWERED, 2_800);
    expect(both.pick({ policy: "auto" })).toBe("a");
    const one = new Pool([slow, {}], { random: () => 0 });
    one.call(0, ANSWERED, 8_400);
    one.call(1, ANSWERED, 2_800);
    expect(one.pick({ policy: "auto" })).toBe("b");
  });

  test("takes who was never measured for an ordinary one", () => {
    const pool = new Pool([{}, {}, {}, {}], { random: () => 0 });
    pool.call(0, ANSWERED, 28_000);
    pool.call(1, ANSWERED, 5_600);
    pool.call(2, ANSWERED, 2_800);
    const { decision } = pool.choose({ policy: "auto" });
    expect(decision.scores?.map(({ backend, score }) => [backend, score])).toEqual([
      ["c", 10],
      ["b", 20],
      ["d", 20],
    ]);
  });

  test("counts a model that has to be loaded first as twenty seconds more, until it answers", () => {
    const pool = new Pool([{ model: { loaded: false } }, { model: { loaded: true } }], { random: () => 0 });
    expect(pool.pick({ policy: "auto" })).toBe("b");
    for (let at = 0; at < 3; at++) pool.take(1);
    expect(pool.pick({ policy: "auto" })).toBe("b");
    pool.take(1);
    expect(pool.pick({ policy: "auto" })).toBe("a");
    pool.call(0, ANSWERED, 5_600);
    expect(pool.choose({ policy: "auto" }).decision.scores?.[0]).toEqual({ backend: "a", model: "m", score: 20 });
    pool.clock.pass(5 * 60_000);
    expect(pool.choose({ policy: "auto" }).decision.scores?.[0]?.score).toBeGreaterThan(90);
  });

  test("sends one of a hundred calls to an idle one that was not heard of for a minute", () => {
    const pool = new Pool([{}, {}]);
    pool.call(0, ANSWERED, 2_800);
    pool.call(1, ANSWERED, 28_000);
    expect(shares(pool, "auto", 10_000)).toEqual({ a: 10_000, b: 0 });
    pool.clock.pass(60_000);
    pool.call(0, ANSWERED, 2_800);
    const { b = 0 } = shares(pool, "auto", 10_000);
    expect(b).toBeGreaterThan(60);
    expect(b).toBeLessThan(140);
    pool.take(1);
    expect(shares(pool, "auto", 10_000)).toEqual({ a: 10_000, b: 0 });
  });

  test("does not send a call to one with an open breaker to find out how it is: that has its own way back", () => {
    const pool = new Pool([{}, {}], { random: () => 0.995 });
    pool.call(1, ANSWERED, 28_000);
    pool.fail(1, 5);
    pool.clock.pass(60_000);
    pool.call(0, ANSWERED, 2_800);
    expect(pool.at(1).health.breaker.admits(pool.clock.now())).toBe(true);
    expect(pool.pick({ policy: "auto" })).toBe("a");
  });

  const load = fc.record({
    tookMs: fc.integer({ min: 100, max: 60_000 }),
    held: fc.nat(9),
    places: fc.integer({ min: 1, max: 9 }),
  });
  const loads = fc.array(load, { minLength: 2, maxLength: 8 });
  const poolWith = (given: readonly { tookMs: number; held: number; places: number }[], times = 1, scale = 1) => {
    const pool = new Pool(
      given.map(({ places }) => ({ concurrency: places * scale })),
      { random: () => 0 },
    );
    for (const [at, { tookMs, held }] of given.entries()) {
      pool.call(at, ANSWERED, tookMs * times);
      for (let count = 0; count < held % (given[at]?.places ?? 1); count++) pool.take(at);
    }
    return pool;
  };

  test("does not depend on the unit of time or of places", () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 2, max: 5 }), (given, factor) => {
        const chosen = poolWith(given).pick({ policy: "auto" });
        expect(poolWith(given, factor).pick({ policy: "auto" })).toBe(chosen);
        expect(poolWith(given, 1, factor).pick({ policy: "auto" })).toBe(chosen);
      }),
      runs(60),
    );
  });

  test("is never drawn to who has more to do", () => {
    fc.assert(
      fc.property(loads, fc.nat(), (given, which) => {
        const pool = poolWith(given);
        const before = pool.pick({ policy: "auto" });
        const busier = pool.at(which % given.length);
        if (!busier.health.backend.hasPlace) return;
        pool.take(which % given.length);
        if (before !== busier.backend.id) expect(pool.pick({ policy: "auto" })).not.toBe(busier.backend.id);
      }),
      runs(60),
    );
  });
});
