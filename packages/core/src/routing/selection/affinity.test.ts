import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Pool } from "../../../tests/fixtures/pool.ts";
import { runs } from "../../../tests/property-runs.ts";
import { rendezvous } from "./affinity.ts";

describe("placing sessions by their names", () => {
  const placed = (pool: Pool, candidates = pool.candidates) =>
    Array.from({ length: 2_000 }, (_, at) => rendezvous(`session ${at}`, candidates)?.backend.id);

  test("moves only the sessions of who goes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 7 }),
        fc.nat(),
        (places, which) => {
          const pool = new Pool(places.map((concurrency) => ({ concurrency })));
          const gone = pool.at(which % places.length);
          const before = placed(pool);
          const after = placed(pool, pool.candidates.filter((candidate) => candidate !== gone).toReversed());
          for (const [at, id] of before.entries()) if (id !== gone.backend.id) expect(after[at]).toBe(id);
        },
      ),
      runs(10),
    );
  });

  test("gives each what it can take", () => {
    const pool = new Pool([{ concurrency: 1 }, { concurrency: 2 }, { concurrency: 5 }]);
    const counts: Record<string, number> = {};
    for (const id of placed(pool)) counts[id ?? ""] = (counts[id ?? ""] ?? 0) + 1;
    for (const [id, share] of [
      ["a", 250],
      ["b", 500],
      ["c", 1_250],
    ] as const) {
      const deviation = Math.sqrt((share * (2_000 - share)) / 2_000);
      expect(Math.abs((counts[id] ?? 0) - share)).toBeLessThan(3 * deviation);
    }
  });
});
