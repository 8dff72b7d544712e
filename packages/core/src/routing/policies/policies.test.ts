import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANSWERED, type Member, Pool } from "../../../tests/fixtures/pool.ts";
import { runs } from "../../../tests/property-runs.ts";
import { listPolicies } from "./list-policies.ts";

/** How often each backend was chosen. */
function shares(pool: Pool, policy: string, picks: number): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(pool.candidates.map(({ backend }) => [backend.id, 0]));
  for (let at = 0; at < picks; at++) {
    const id = pool.pick({ policy });
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

/** How far counts are from what is expected of them: the sum that the chi-square distribution is of. */
function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  return counts.reduce((sum, count, at) => sum + (count - (expected[at] ?? 0)) ** 2 / (expected[at] ?? 1), 0);
}

const EQUAL: readonly Member[] = [{}, {}, {}, {}];

describe("`ordered`", () => {
  test("takes the first, whatever its load and however slow it is", () => {
    const pool = new Pool(EQUAL);
    pool.call(0, ANSWERED, 100_000);
    pool.take(0);
    expect(pool.pick({ policy: "ordered" })).toBe("a");
  });

  test("is also called `low-prio`, as in contenox/runtime", () => {
    const pool = new Pool(EQUAL);
    expect(pool.choose({ policy: "low-prio" })).toMatchObject({
      candidate: { backend: { id: "a" } },
      decision: { policy: "ordered" },
    });
  });
});

describe("`random`", () => {
  test("takes each with the same likelihood", () => {
    const counts = shares(new Pool(EQUAL), "random", 10_000);
    // 16.27: exceeded once in a thousand times by three degrees of freedom.
    expect(chiSquare(Object.values(counts), [2_500, 2_500, 2_500, 2_500])).toBeLessThan(16.27);
  });
});

describe("`weighted`", () => {
  test("takes each as often as its weight says, and one without weight never", () => {
    const pool = new Pool([{ weight: 1 }, { weight: 2 }, { weight: 0 }, { weight: 5 }]);
    const { a = 0, b = 0, c, d = 0 } = shares(pool, "weighted", 100_000);
    expect(c).toBe(0);
    // 13.82: exceeded once in a thousand times by two degrees of freedom.
    expect(chiSquare([a, b, d], [12_500, 25_000, 62_500])).toBeLessThan(13.82);
  });

  test("with no weight at all has nobody, and does not ask them all the same", () => {
    for (const policy of ["weighted", "round-robin"]) {
      for (const members of [[{ weight: 0 }, { weight: 0 }], [{ weight: 0 }]]) {
        expect(new Pool(members).select({ policy })).toMatchObject({ is: "none", why: "weightless", policy });
      }
    }
  });
});

describe("`round-robin`", () => {
  test("after full cycles each was chosen exactly as often as its weight says, evenly spread", () => {
    const pool = new Pool([{ weight: 3 }, { weight: 1 }, { weight: 0 }]);
    const picks = Array.from({ length: 8 }, () => pool.pick({ policy: "round-robin" })).join("");
    expect(picks).toBe("abaaabaa");
  });

  test("gives exact shares for any weights", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        (weights, cycles) => {
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          fc.pre(total > 0);
          const pool = new Pool(weights.map((weight) => ({ weight })));
          const counts = Object.values(shares(pool, "round-robin", total * cycles));
          expect(counts).toEqual(weights.map((weight) => weight * cycles));
        },
      ),
      runs(60),
    );
  });

  test("keeps the others' turns when one comes and goes", () => {
    const pool = new Pool(EQUAL);
    const [a, b, c, d] = pool.candidates;
    const next = (without?: unknown) =>
      pool.pick({ policy: "round-robin" }, [a, b, c, d].filter((one) => one !== undefined && one !== without) as never);
    expect([next(), next(), next(b), next(b), next(), next()].join("")).toBe("abcdab");
  });

  test("has a turn of its own for each group", () => {
    const pool = new Pool([{}, {}]);
    const next = (scope: string) => pool.pick({ policy: "round-robin", scope });
    expect([next("x"), next("y"), next("x"), next("y")].join("")).toBe("aabb");
  });

  /** Shares of calls that take turns at asking: in each cycle `a` so often for its own candidates, and so on. */
  const taken = (pool: Pool, asking: readonly (readonly [request: string, members: readonly number[]])[]) => {
    const counts: Record<string, Record<string, number>> = {};
    for (let cycle = 0; cycle < 60; cycle++) {
      for (const [request, members] of asking) {
        const id = pool.pick(
          { policy: "round-robin", request },
          members.map((at) => pool.at(at)),
        );
        const own = counts[request] ?? {};
        counts[request] = own;
        own[id] = (own[id] ?? 0) + 1;
      }
    }
    return counts;
  };

  test("gives exact shares of each model and kind of call, however they are mixed", () => {
    const pool = new Pool([{}, { weight: 3 }, {}, { weight: 3 }]);
    const [x, y] = [["x", [0, 1]] as const, ["y", [2, 3]] as const];
    expect(taken(pool, [x, x, x, x, y])).toEqual({ x: { a: 60, b: 180 }, y: { c: 15, d: 45 } });
    const [chat, embed] = [["chat", [0, 1, 2]] as const, ["embed", [0, 1, 2]] as const];
    expect(taken(new Pool([{}, {}, {}]), [chat, chat, embed])).toEqual({
      chat: { a: 40, b: 40, c: 40 },
      embed: { a: 20, b: 20, c: 20 },
    });
  });

  test("starves nobody where some calls of a request can go to a part of its candidates only", () => {
    const { x } = taken(new Pool(EQUAL), [
      ["x", [2, 3]],
      ["x", [2, 3]],
      ["x", [0, 1, 2, 3]],
    ]);
    for (const id of ["a", "b", "c", "d"]) expect(x?.[id]).toBeGreaterThan(20);
  });

  test("starves nobody where every call names something else", () => {
    const pool = new Pool([{}, {}]);
    const counts = Array.from({ length: 1_000 }, (_, at) => pool.pick({ policy: "round-robin", request: `m${at}` }));
    expect(counts.filter((id) => id === "a")).toHaveLength(500);
  });

  test("keeps the turns of a tier while another takes the calls", () => {
    const pool = new Pool([{ weight: 3 }, {}, { priority: 1 }]);
    const [a, b, c] = pool.candidates;
    const near: string[] = [];
    for (let at = 0; at < 40; at++) {
      near.push(
        pool.pick(
          { policy: "round-robin" },
          [a, b].filter((one) => one !== undefined),
        ),
      );
      pool.pick(
        { policy: "round-robin" },
        [c].filter((one) => one !== undefined),
      );
    }
    expect(near.filter((id) => id === "b")).toHaveLength(10);
  });
});

describe("`least-loaded`", () => {
  test("takes the fewest calls for the places that there are", () => {
    const pool = new Pool([{ concurrency: 2 }, { concurrency: 10 }]);
    for (let at = 0; at < 3; at++) pool.take(1);
    expect(pool.pick({ policy: "least-loaded" })).toBe("b");
    pool.take(1);
    pool.take(1);
    expect(pool.pick({ policy: "least-loaded" })).toBe("a");
  });

  test("goes by weight where one does not say how many places it has", () => {
    const pool = new Pool([{ concurrency: 100 }, { weight: 4 }]);
    for (let at = 0; at < 2; at++) pool.take(1);
    expect(pool.pick({ policy: "least-loaded" })).toBe("b");
    pool.take(1);
    pool.take(1);
    expect(pool.pick({ policy: "least-loaded" })).toBe("a");
  });
});

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

describe("among equals", () => {
  test.each(["auto", "least-loaded", "lowest-latency"])("`%s` takes each with the same likelihood", (policy) => {
    const counts = shares(new Pool(EQUAL), policy, 10_000);
    // Three standard deviations of 10,000 draws at a likelihood of a quarter.
    for (const count of Object.values(counts)) expect(Math.abs(count - 2_500)).toBeLessThan(3 * 43.3);
  });
});

describe("the order of candidates", () => {
  test.each(["auto", "least-loaded", "lowest-latency", "random", "weighted"])("does not matter to `%s`", (policy) => {
    const counted = (candidates: (pool: Pool) => Pool["candidates"]) => {
      const pool = new Pool([{ weight: 1 }, { weight: 2 }, { weight: 2 }]);
      pool.call(0, ANSWERED, 9_000);
      pool.call(1, ANSWERED, 3_000);
      pool.call(2, ANSWERED, 3_000);
      const list = candidates(pool);
      const counts: Record<string, number> = { a: 0, b: 0, c: 0 };
      for (let at = 0; at < 5_000; at++) {
        const id = pool.pick({ policy }, list);
        counts[id] = (counts[id] ?? 0) + 1;
      }
      return counts;
    };
    const forth = counted(({ candidates }) => candidates);
    const back = counted(({ candidates }) => candidates.toReversed());
    for (const id of ["a", "b", "c"]) expect(Math.abs((forth[id] ?? 0) - (back[id] ?? 0))).toBeLessThan(220);
  });
});

test("a policy of the application's own may not have the name of a built-in one", () => {
  for (const name of ["auto", "low-latency", "round-robin"]) {
    expect(() => listPolicies([{ name, choose: ([first]) => first }])).toThrow(
      expect.objectContaining({ code: "settings_invalid", message: expect.stringContaining(name) }),
    );
  }
});
