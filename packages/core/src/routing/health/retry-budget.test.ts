import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../../../tests/property-runs.ts";
import { RetryBudget } from "./retry-budget.ts";

test("pays for twenty further tries at once, then for one of ten calls", () => {
  const budget = new RetryBudget();
  for (let at = 0; at < 20; at++) {
    expect(budget.isEmpty).toBe(false);
    budget.spend();
  }
  expect(budget.isEmpty).toBe(true);
  for (let at = 0; at < 9; at++) budget.earn();
  expect(budget.isEmpty).toBe(true);
  budget.earn();
  expect(budget.isEmpty).toBe(false);
});

test("further tries never exceed twenty and a tenth of the calls", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 500 }), (steps) => {
      const budget = new RetryBudget();
      let calls = 0;
      let tries = 0;
      for (const isCall of steps) {
        if (isCall) {
          calls++;
          budget.earn();
        } else if (!budget.isEmpty) {
          tries++;
          budget.spend();
        }
        expect(tries).toBeLessThanOrEqual(20 + calls / 10 + 1e-6);
        expect(budget.left).toBeGreaterThanOrEqual(0);
        expect(budget.left).toBeLessThanOrEqual(20);
      }
    }),
    runs(100),
  );
});
