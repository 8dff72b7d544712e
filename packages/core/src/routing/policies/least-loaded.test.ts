import { describe, expect, test } from "vitest";
import { Pool } from "../../../tests/fixtures/pool.ts";

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
