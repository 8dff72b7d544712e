import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Outcome } from "../value/outcome.ts";
import { OPERATORS, type Operator } from "./chain.ts";
import { comparerOf } from "./compare-outcome.ts";

const matches = (operator: Operator, when: string, outcome: Outcome | string): boolean =>
  comparerOf({ operator, when, goto: "end" })(typeof outcome === "string" ? { text: outcome } : outcome);

describe("text operators", () => {
  test("equals compares the whole outcome, in its case and with its spaces", () => {
    expect(matches("equals", "yes", "yes")).toBe(true);
    expect(matches("equals", "yes", "Yes")).toBe(false);
    expect(matches("equals", "yes", "yes ")).toBe(false);
    expect(matches("equals", "", "")).toBe(true);
  });

  test("contains, starts_with and ends_with look for a part", () => {
    expect(matches("contains", "b", "abc")).toBe(true);
    expect(matches("contains", "d", "abc")).toBe(false);
    expect(matches("starts_with", "ab", "abc")).toBe(true);
    expect(matches("starts_with", "bc", "abc")).toBe(false);
    expect(matches("ends_with", "bc", "abc")).toBe(true);
    expect(matches("ends_with", "ab", "abc")).toBe(false);
  });

  test("every text operator is tried on the matched key and on true or false", () => {
    const outcome: Outcome = { text: "urgent", transition: "true" };
    for (const operator of ["equals", "contains", "starts_with", "ends_with"] as const) {
      expect(matches(operator, "urgent", outcome)).toBe(true);
      expect(matches(operator, "true", outcome)).toBe(true);
      expect(matches(operator, "false", outcome)).toBe(false);
    }
  });

  test("what looks like a pattern is compared as text", () => {
    expect(matches("contains", ".*", "abc")).toBe(false);
    expect(matches("contains", ".*", "a.*c")).toBe(true);
  });
});

describe("number operators", () => {
  test("the symbols and the words compare alike, without the bound itself", () => {
    for (const [symbol, word] of [
      [">", "gt"],
      ["<", "lt"],
    ] as const) {
      for (const value of ["6.9", "7", "7.1"]) expect(matches(symbol, "7", value)).toBe(matches(word, "7", value));
    }
    expect(matches(">", "7", "7")).toBe(false);
    expect(matches(">", "7", "7.01")).toBe(true);
    expect(matches("<", "7", "6.99")).toBe(true);
    expect(matches("<", "7", "7")).toBe(false);
  });

  test("the first number in the outcome's text is compared", () => {
    expect(matches(">", "5", "about 7 of 10")).toBe(true);
    expect(matches(">", "5", "GPT-4 says 7")).toBe(true);
    expect(matches("<", "-1", "it is -3 °C")).toBe(true);
  });

  test("the exact number is compared where the outcome's text is rounded", () => {
    expect(matches(">", "7", { text: "7.00", number: 7.004 })).toBe(true);
    expect(matches("<", "7", { text: "7.00", number: 6.996 })).toBe(true);
    expect(matches("in_range", "7-8", { text: "8.00", number: 8.004 })).toBe(false);
  });

  test("equals matches the rounded text, and a number of the same value", () => {
    const outcome: Outcome = { text: "7.00", number: 7 };
    expect(matches("equals", "7.00", outcome)).toBe(true);
    expect(matches("equals", "7", outcome)).toBe(true);
    expect(matches("equals", " 7.0 ", outcome)).toBe(true);
    expect(matches("equals", "8", outcome)).toBe(false);
    expect(matches("equals", "", { text: "0.00", number: 0 })).toBe(false);
    expect(matches("equals", "7", "7.00")).toBe(false);
  });

  test("in_range has both its bounds, negative and infinite ones too", () => {
    for (const value of ["1", "5", "10"]) expect(matches("in_range", "1-10", value)).toBe(true);
    for (const value of ["0.99", "10.01"]) expect(matches("in_range", "1-10", value)).toBe(false);
    expect(matches("in_range", "-5--2", "-3")).toBe(true);
    expect(matches("in_range", "0..1", "0.5")).toBe(true);
    expect(matches("in_range", "100-inf", "1000000")).toBe(true);
  });

  test.each([">", "gt", "<", "lt", "in_range"] as const)("%s matches nothing where a number is missing", (operator) => {
    expect(matches(operator, "many", "7")).toBe(false);
    expect(matches(operator, "", "7")).toBe(false);
    expect(matches(operator, operator === "in_range" ? "1-9" : "7", "no number at all")).toBe(false);
    expect(matches(operator, operator === "in_range" ? "1-9" : "7", "")).toBe(false);
    expect(matches(operator, operator === "in_range" ? "1-9" : "7", "NaN")).toBe(false);
  });

  test("in_range with one number is no range", () => {
    expect(matches("in_range", "7", "7")).toBe(false);
  });
});

test("default is no comparison: it is taken only where nothing else matched", () => {
  expect(matches("default", "yes", "yes")).toBe(false);
});

test("no operator throws, whatever stands on either side", () => {
  const side = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("1-", "-", "1e999", "∞", "٣", "1-2-3", "\ud800"),
  );
  fc.assert(
    fc.property(fc.constantFrom(...OPERATORS), side, side, (operator, when, outcome) => {
      expect(typeof matches(operator, when, outcome)).toBe("boolean");
    }),
    { numRuns: 300 },
  );
});
