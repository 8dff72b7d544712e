import { describe, expect, test } from "vitest";
import { ANSWERED, Pool } from "../../../tests/fixtures/pool.ts";
import { seededRandom } from "../../../tests/fixtures/seeded-random.ts";
import type { Random } from "../../surroundings/random.ts";

const RATE_LIMIT = { is: "failed", failure: "rate_limit" } as const;
const AUTH = { is: "failed", failure: "auth" } as const;

describe("tiers", () => {
  test("the model that is named first goes before a backend of a nearer tier", () => {
    const pool = new Pool([{ rank: 1 }, { rank: 0, priority: 5 }, { rank: 0, priority: 1 }]);
    const { candidate, decision } = pool.choose();
    expect(candidate.backend.id).toBe("c");
    expect(decision.dropped).toEqual([
      { backend: "a", model: "m", stage: "tier", why: "a nearer tier takes the call" },
      { backend: "b", model: "m", stage: "tier", why: "a nearer tier takes the call" },
    ]);
  });

  test("the next tier takes the call where nobody of the nearest can", () => {
    const pool = new Pool([{ concurrency: 1 }, { priority: 1 }]);
    expect(pool.choose().candidate.backend.id).toBe("a");
    expect(pool.choose()).toMatchObject({
      candidate: { backend: { id: "b" } },
      decision: { dropped: [{ backend: "a", stage: "available", why: "all its places are taken (1)" }] },
    });
  });

  test("the next tier shares the calls where the nearest is as full as its backends say", () => {
    const pool = new Pool([{ concurrency: 4, spillAt: 0.5 }, { priority: 1, concurrency: 4 }, { priority: 2 }]);
    const policy = "least-loaded";
    const chosen = Array.from({ length: 5 }, () => pool.choose({ policy }).candidate.backend.id);
    expect(chosen.join("")).toBe("aabba");
    expect(pool.at(2).health.held).toBe(0);
  });
});

describe("those that are unwell", () => {
  test("are passed over while others are well", () => {
    const pool = new Pool([{}, {}, {}]);
    pool.fail(0, 5);
    pool.call(1, RATE_LIMIT);
    expect(pool.choose()).toMatchObject({
      candidate: { backend: { id: "c" } },
      decision: {
        dropped: [
          { backend: "a", why: expect.stringContaining("failed too often") },
          { backend: "b", why: "it asked to be left alone for another 5 s" },
        ],
      },
    });
  });

  test("are asked all the same where there is nobody else at all, and the record says so", () => {
    for (const spoil of [
      (pool: Pool) => pool.fail(0, 5),
      (pool: Pool) => pool.call(0, RATE_LIMIT),
      (pool: Pool) => pool.call(0, AUTH),
      (pool: Pool) => pool.call(0, { is: "failed", failure: "unavailable", reason: "model_not_found" }),
    ]) {
      const pool = new Pool([{}]);
      spoil(pool);
      expect(pool.choose().decision).toMatchObject({ failOpen: true });
    }
  });

  test("with an open breaker are asked where more than half are shut out and nobody is well", () => {
    const pool = new Pool([{}, {}]);
    pool.fail(0, 5);
    pool.fail(1, 5);
    expect(pool.choose().decision).toMatchObject({ failOpen: true });
  });

  test("are not asked after another failed, as long as no more than half are shut out", () => {
    const pool = new Pool([{}, {}]);
    pool.fail(1, 5);
    expect(pool.select({ tried: [pool.at(0)], lastFailure: { failure: "server_error" } })).toMatchObject({
      is: "none",
      why: "open",
    });
  });

  test("help where more than half are shut out and the others have no place", () => {
    const pool = new Pool([{ concurrency: 1 }, {}, {}]);
    pool.take(0);
    pool.fail(1, 5);
    expect(pool.choose().candidate.backend.id).toBe("c");
    pool.fail(2, 5);
    expect(pool.choose()).toMatchObject({ candidate: { backend: { id: "b" } }, decision: { failOpen: true } });
  });

  test("that all asked to be left alone are, and it is said who is free first", () => {
    const pool = new Pool([{}, {}]);
    pool.call(0, { ...RATE_LIMIT, retryAfterMs: 40_000 });
    pool.call(1, { ...RATE_LIMIT, retryAfterMs: 9_000 });
    expect(pool.select()).toMatchObject({ is: "none", why: "cooling", retryAfterMs: 9_000 });
    expect(pool.choose({ isOwnRetry: true })).toMatchObject({
      candidate: { backend: { id: "b" } },
      decision: { failOpen: true },
    });
    pool.clock.pass(9_000);
    expect(pool.choose().decision.failOpen).toBeUndefined();
  });

  test("whose key was refused are never asked where there are others, and count as nobody", () => {
    const pool = new Pool([{}, {}, {}]);
    pool.call(0, AUTH);
    pool.call(1, AUTH);
    pool.fail(2, 5);
    expect(pool.pick()).toBe("c");
    pool.call(2, AUTH);
    expect(pool.select()).toMatchObject({ is: "none", why: "refused", retryAfterMs: 60_000 });
    pool.clock.pass(60_000);
    expect(pool.pick()).toBe("a");
  });

  test("whose key was refused stay out where the others are asked all the same", () => {
    const pool = new Pool([{}, {}, {}]);
    pool.call(0, AUTH);
    pool.fail(1, 5);
    pool.fail(2, 5);
    expect(pool.choose()).toMatchObject({ candidate: { backend: { id: "b" } }, decision: { failOpen: true } });
  });

  test("get one call that finds out, and no other beside it", () => {
    const pool = new Pool([{}, {}]);
    pool.fail(0, 5);
    pool.clock.pass(6_000);
    const probe = pool.choose();
    expect(probe.candidate.backend.id).toBe("a");
    expect(probe.decision.failOpen).toBeUndefined();
    expect(pool.pick()).toBe("b");
    probe.lease.release(ANSWERED);
    expect(pool.pick()).toBe("a");
  });
});

test("the scores of the three best are told, the best first", () => {
  const pool = new Pool([{}, {}, {}, {}, {}], { random: () => 0 });
  for (const [at, tookMs] of [5_600, 2_800, 28_000, 8_400, 14_000].entries()) pool.call(at, ANSWERED, tookMs);
  expect(pool.choose({ policy: "auto" }).decision.scores).toEqual([
    { backend: "b", model: "m", score: 10 },
    { backend: "a", model: "m", score: 20 },
    { backend: "d", model: "m", score: 30 },
  ]);
  expect(pool.choose({ policy: "random" }).decision.scores).toBeUndefined();
});

test("the same seed and the same calls give the same decisions", () => {
  const decisions = () => {
    const pool = new Pool([{ concurrency: 2 }, {}, { weight: 3 }]);
    const log: unknown[] = [];
    for (let at = 0; at < 300; at++) {
      const policy = ["auto", "random", "weighted", "least-loaded", "lowest-latency"][at % 5] ?? "auto";
      const selection = pool.select({ policy, session: at % 7 === 0 ? `s${at % 3}` : undefined });
      if (selection.is !== "chosen") continue;
      log.push([selection.candidate.backend.id, selection.decision]);
      pool.clock.pass(at % 900);
      if (at % 4 > 0) selection.lease.release(at % 11 === 0 ? { is: "failed", failure: "network" } : ANSWERED);
    }
    return log;
  };
  expect(decisions()).toEqual(decisions());
});

test("the numbers that the choices drew, drawn again, give the same choices", () => {
  const play = (random: Random) => {
    const pool = new Pool([{}, { weight: 2 }, {}, { weight: 3 }], { random });
    return Array.from({ length: 200 }, (_, at) => {
      const policy = ["auto", "random", "weighted", "least-loaded", "round-robin", "ordered"][at % 6] ?? "auto";
      const { candidate, lease, decision } = pool.choose({ policy });
      if (at % 3 > 0) lease.release(ANSWERED);
      return { id: candidate.backend.id, drawn: decision.drawn ?? [], candidates: decision.candidates };
    });
  };
  const choices = play(seededRandom(3));
  expect(choices.every(({ candidates }) => candidates === 4)).toBe(true);
  const drawn = choices.flatMap((choice) => choice.drawn);
  expect(play(() => drawn.shift() ?? Number.NaN)).toEqual(choices);
  expect(drawn).toEqual([]);
});
