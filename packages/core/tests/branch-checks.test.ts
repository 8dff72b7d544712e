import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { includesBranch, readBranch } from "../src/chain/analysis/includes-branch.ts";
import { type Branch, OPERATORS } from "../src/chain/chain.ts";
import { comparerOf } from "../src/chain/compare-outcome.ts";
import type { Outcome } from "../src/value/outcome.ts";

/** Few letters and numbers, so that what is compared often has something in common. */
const text = fc.oneof(
  fc.string({ maxLength: 3, unit: fc.constantFrom("a", "b", " ") }),
  fc.constantFrom("1", "7", "7.0", "7.00", "-3", "10", "1-10", "7-7", "3-inf", "9-2", "true", "false", "a 7", "7a"),
);
const operator = fc.constantFrom(...OPERATORS);
const branch: fc.Arbitrary<Branch> = fc.record({ operator, when: text, goto: fc.constant("end") });
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ text }),
  fc.record({ text, transition: fc.constantFrom("true", "false", "a") }),
  fc.double({ min: -20, max: 20, noNaN: true }).map((number) => ({ text: number.toFixed(2), number })),
);

describe("what the checks say about branches is what the engine does", () => {
  test("a branch that includes another matches whatever the other matches", () => {
    fc.assert(
      fc.property(branch, branch, outcome, (earlier, later, came) => {
        if (earlier.operator === "default" || !includesBranch(readBranch(earlier), readBranch(later))) return;
        if (comparerOf(later)(came)) expect(comparerOf(earlier)(came)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  test.each([
    ["equals a", "equals a"],
    ["contains a", "equals ba"],
    ["contains a", "starts_with ba"],
    ["contains a", "ends_with ab"],
    ["contains a", "contains aa"],
    ["starts_with a", "starts_with ab"],
    ["starts_with a", "equals ab"],
    ["ends_with b", "ends_with ab"],
    ["contains ", "equals 7"],
    ["starts_with ", "default "],
    ["ends_with ", "> 3"],
    ["default ", "default "],
    ["> 3", "gt 3"],
    ["gt 3", "> 4"],
    ["< 3", "lt 2"],
    ["> 0", "in_range 1-10"],
    ["< 11", "in_range 1-10"],
    ["in_range 1-10", "in_range 2-5"],
    ["in_range 0-inf", "> 1"],
  ])("%s leaves nothing to a later %s", (earlier, later) => {
    expect(includesBranch(readBranch(read(earlier)), readBranch(read(later)))).toBe(true);
  });

  test.each([
    ["equals a", "contains a"],
    ["contains ba", "contains a"],
    ["starts_with a", "contains a"],
    ["equals A", "equals a"],
    ["> 4", "> 3"],
    ["> 1", "in_range 1-10"],
    ["> 0", "equals 7"],
    ["> 0", "< 9"],
    ["contains a", "default "],
    ["default ", "equals a"],
    ["contains 7", "equals 7"],
  ])("%s leaves something to a later %s", (earlier, later) => {
    expect(includesBranch(readBranch(read(earlier)), readBranch(read(later)))).toBe(false);
  });
});

function read(words: string): Branch {
  const [name = "", when = ""] = words.split(" ");
  const known = OPERATORS.find((one) => one === name);
  if (known === undefined) throw new Error(`no operator: ${name}`);
  return { operator: known, when, goto: "end" };
}
