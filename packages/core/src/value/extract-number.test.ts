import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractNumber } from "./extract-number.ts";

describe("extractNumber", () => {
  it.each([
    ["4", 4],
    ["+4", 4],
    ["-7", -7],
    ["\u22125", -5],
    [".5", 0.5],
    ["-.5", -0.5],
    ["5.", 5],
    ["8.5.", 8.5],
    ["1e3", 1000],
    ["1e-1", 0.1],
    ["about 1e3", 1000],
    ["--5", -5],
    ["$42", 42],
    ["**4**", 4],
    ['"4"', 4],
    ["```\n4\n```", 4],
    ['{"answer": 42}', 42],
    ["temperature: -5 degrees", -5],
  ])("reads the number in %j", (text, number) => {
    expect(extractNumber(text)).toBe(number);
  });

  it.each([
    ["7 out of 10", 7],
    ["2+2=4", 2],
    ["3 4", 3],
    ["4\n5", 4],
    ["2024-01-15", 2024],
    ["Jan 5, 2024", 5],
    ["version 1.2.3", 1.2],
    ["No. 7", 7],
    ["...7", 7],
  ])("takes the first number of %j", (text, number) => {
    expect(extractNumber(text)).toBe(number);
  });

  it.each([
    ["1,234", 1234],
    ["1'234", 1234],
    ["1_234", 1234],
    ["1_0.5", 10.5],
    ["1 234", 1234],
    ["1,234,567.89", 1234567.89],
    ["12,345,67", 12345],
  ])("joins groups of three in %j", (text, number) => {
    expect(extractNumber(text)).toBe(number);
  });

  it.each([
    ["1,2345", 1],
    ["1\t000", 1],
    ["1\n000", 1],
    ["1  000", 1],
    ["1__000", 1],
    ["1 0000", 1],
    ["0 100", 0],
  ])("does not join %j", (text, number) => {
    expect(extractNumber(text)).toBe(number);
  });

  it.each([
    ["GPT-4 says 7", 7],
    ["GPT\u20114 says 7", 7],
    ["gpt-3.5-turbo gives 8", 8],
    ["x86_64: 3", 3],
    ["Q3 was 12", 12],
    ["v1.2.3 gives 2", 2],
  ])("skips the digits of a name in %j", (text, number) => {
    expect(extractNumber(text)).toBe(number);
  });

  it.each([
    ["5kg", 5],
    ["7th", 7],
    ["5e", 5],
    ["1e+", 1],
    ["1.5e3x", 1.5],
    ["0x1F", 0],
  ])("ignores letters after the number in %j", (text, number) => {
    expect(extractNumber(text)).toBe(number);
  });

  it.each(["", "  ", "forty two", "NaN", "-Infinity", "inf", "1e999", "score-8", "\u0663", "\uff14\uff12", "GPT-4"])(
    "finds no number in %j",
    (text) => {
      expect(extractNumber(text)).toBeUndefined();
    },
  );

  it("reads back every finite number as JavaScript prints it", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(extractNumber(`= ${number} points`)).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it("never gives a number that is not finite", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[-+\d.,e' _a-c]*$/), (text) => {
        const number = extractNumber(text);
        expect(number === undefined || Number.isFinite(number)).toBe(true);
      }),
    );
  });

  it("reads a long text without numbers in one pass", () => {
    expect(extractNumber("a-".repeat(500_000))).toBeUndefined();
  });
});
