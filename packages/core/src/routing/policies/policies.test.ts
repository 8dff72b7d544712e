import { describe, expect, test } from "vitest";
import { ANSWERED, Pool } from "../../../tests/fixtures/pool.ts";
import { chiSquare, EQUAL, shares } from "../../../tests/fixtures/shares.ts";
import { listPolicies } from "./list-policies.ts";

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
