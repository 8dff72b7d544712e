import { expect, test } from "vitest";
import { Pool } from "../../../tests/fixtures/pool.ts";
import { available } from "./available.ts";

const usual = { now: 1_000_000, tried: [], tokens: 0, byWeight: false };

test("keeps the very same list where everybody can take the call", () => {
  const { candidates } = new Pool([{}, {}]);
  expect(available(candidates, usual).free).toBe(candidates);
});

test("leaves out what was tried, and only that: the same model elsewhere stays", () => {
  const { candidates } = new Pool([{}, {}, {}]);
  const [a, b, c] = candidates;
  const copy = b && { ...b, rank: 7 };
  const found = available(candidates, { ...usual, tried: copy ? [copy] : [] });
  expect(found.free).toEqual([a, c]);
  expect(found.out).toEqual([{ candidate: b, standing: "tried" }]);
});

test("says how it stands with each that cannot take the call", () => {
  const pool = new Pool([{}, { concurrency: 1 }, { requestsPerMinute: 1 }, {}, {}, {}, {}, {}, { weight: 0 }]);
  pool.take(1);
  pool.take(2);
  pool.call(3, { is: "failed", failure: "rate_limit" });
  pool.fail(4, 5);
  pool.call(5, { is: "failed", failure: "auth" });
  pool.call(6, { is: "failed", failure: "rate_limit", reason: "quota" });
  pool.call(7, { is: "failed", failure: "unavailable", reason: "model_not_found" });
  const { free, out } = available(pool.candidates, { ...usual, byWeight: true });
  expect(free.map(({ backend }) => backend.id)).toEqual(["a"]);
  expect(out.map(({ candidate, standing }) => `${candidate.backend.id} ${standing}`)).toEqual([
    "b full",
    "c limited",
    "d cooling",
    "e open",
    "f refused",
    "g spent",
    "h missing",
    "i weightless",
  ]);
});
