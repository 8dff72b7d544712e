import { describe, expect, test } from "vitest";
import { Pool } from "../../../tests/fixtures/pool.ts";
import { chiSquare, shares } from "../../../tests/fixtures/shares.ts";

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
