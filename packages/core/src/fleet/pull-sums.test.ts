import fc from "fast-check";
import { expect, test } from "vitest";
import { PullSums } from "./pull-sums.ts";

const sumsOf = (...lines: readonly Parameters<PullSums["add"]>[0][]) => {
  const sums = new PullSums();
  for (const line of lines) sums.add(line);
  return [sums.completed, sums.total];
};

test("adds up the parts, each as it was told last", () => {
  expect(
    sumsOf(
      { status: "pulling manifest" },
      { status: "pulling a", digest: "a", total: 100 },
      { status: "pulling a", digest: "a", total: 100, completed: 60 },
      { status: "pulling b", digest: "b", total: 10, completed: 10 },
      { status: "success" },
    ),
  ).toEqual([70, 110]);
});

test("parts without a digest are one part, and a server that miscounts is cut to what there is", () => {
  expect(sumsOf({ status: "x", total: 10, completed: 3 }, { status: "x", total: 10, completed: 30 })).toEqual([10, 10]);
  expect(sumsOf({ status: "x", total: 0, completed: 3 }, { status: "x", total: Number.NaN })).toEqual([0, 0]);
});

test("never says that more is here than there is, whatever a server tells", () => {
  const line = fc.record({
    status: fc.constant("x"),
    digest: fc.constantFrom("a", "b", "c"),
    total: fc.integer({ min: -5, max: 1000 }),
    completed: fc.integer({ min: -5, max: 2000 }),
  });
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const [completed = 0, total = 0] = sumsOf(...lines);
      expect(completed).toBeGreaterThanOrEqual(0);
      expect(completed).toBeLessThanOrEqual(total);
    }),
  );
});
