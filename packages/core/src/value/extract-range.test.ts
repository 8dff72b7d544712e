import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractRange } from "./extract-range.ts";

describe("extractRange", () => {
  it.each([
    ["6-8", "6", "8"],
    [" 6 - 8 ", "6", "8"],
    ["8-6", "8", "6"],
    ["6\u20138", "6", "8"],
    ["6\u20148", "6", "8"],
    ["6~8", "6", "8"],
    ["6 to 8", "6", "8"],
    ["6..8", "6", "8"],
    ["between 6 and 8", "6", "8"],
    ["6, 8", "6", "8"],
    ["[6, 8]", "6", "8"],
    ["'6' - '8'", "6", "8"],
    ["**6**-**8**", "6", "8"],
    ["```\n6-8\n```", "6", "8"],
  ])("understands %j", (text, low, high) => {
    expect(extractRange(text)).toEqual({ low, high });
  });

  it.each([
    ["6-8 points", "6", "8"],
    ["from 6-8.", "6", "8"],
    ["6-8\nbecause it is short", "6", "8"],
    ["6kg - 8kg", "6", "8"],
    ["6% to 8%", "6", "8"],
    ["$6-$8", "6", "8"],
    ["Step 1: 6-8", "6", "8"],
    ["GPT-4 says 6-8", "6", "8"],
  ])("drops what is no range in %j", (text, low, high) => {
    expect(extractRange(text)).toEqual({ low, high });
  });

  it.each([
    ["-5-3", "-5", "3"],
    ["5--3", "5", "-3"],
    ["-5--2", "-5", "-2"],
    ["\u22125 to \u22122", "-5", "-2"],
    ["+1 to +2", "1", "2"],
  ])("tells signs from separators in %j", (text, low, high) => {
    expect(extractRange(text)).toEqual({ low, high });
  });

  it.each([
    ["5", "5"],
    ["5.50", "5.50"],
    ["-5", "-5"],
    ["1,300", "1,300"],
    ["1e-3", "1e-3"],
    ["7 out of 10", "7"],
  ])("takes one number for both bounds in %j", (text, number) => {
    expect(extractRange(text)).toEqual({ low: number, high: number });
  });

  it("keeps the digits as they were written", () => {
    expect(extractRange("1,300-1,700.50")).toEqual({ low: "1,300", high: "1,700.50" });
  });

  it.each(["", "-", "low-high", "unknown", "NaN", "0-inf", "1-5-10", "2024-01-15"])("finds no range in %j", (text) => {
    expect(extractRange(text)).toBeUndefined();
  });

  it("reads back what it wrote", () => {
    const number = fc.integer({ min: -999, max: 999 }).map(String);
    fc.assert(
      fc.property(number, number, (low, high) => {
        expect(extractRange(`${low}-${high}`)).toEqual({ low, high });
      }),
    );
  });
});
