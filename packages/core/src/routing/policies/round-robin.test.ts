import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Pool } from "../../../tests/fixtures/pool.ts";
import { EQUAL, shares } from "../../../tests/fixtures/shares.ts";
import { runs } from "../../../tests/property-runs.ts";

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
