import { scriptedBackend } from "@catenary/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Candidate } from "../candidate.ts";
import { ordered } from "./ordered.ts";
import { random } from "./random.ts";

const backend = scriptedBackend();
const candidate = (id: string): Candidate => ({ backend, model: { id } });
const four = [candidate("a"), candidate("b"), candidate("c"), candidate("d")] as const;

test("`ordered` takes the first", () => {
  expect(ordered.choose(four, { random: () => 0.9 })).toBe(four[0]);
});

test("`random` takes each with the same share of the numbers drawn", () => {
  const counts = new Map<Candidate, number>();
  const draws = 4_000;
  for (let at = 0; at < draws; at++) {
    const chosen = random.choose(four, { random: () => at / draws });
    counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
  }
  expect(four.map((one) => counts.get(one))).toEqual([1_000, 1_000, 1_000, 1_000]);
});

test("`random` always takes one of those that it is given", () => {
  fc.assert(
    fc.property(fc.nat(20), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (more, drawn) => {
      const rest = Array.from({ length: more }, (_, at) => candidate(String(at)));
      const candidates = [candidate("first"), ...rest] as const;
      expect(candidates).toContain(random.choose(candidates, { random: () => drawn }));
    }),
  );
});
