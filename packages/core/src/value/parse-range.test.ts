import { describe, expect, it } from "vitest";
import { parseRange } from "./parse-range.ts";

describe("parseRange", () => {
  it.each([
    ["1-10", 1, 10],
    [" 5 - 7 ", 5, 7],
    ["0.5-1.5", 0.5, 1.5],
    ["-5-5", -5, 5],
    ["-5--2", -5, -2],
    ["1e-3-5", 0.001, 5],
    ["0\u20135", 0, 5],
    ["0 to 1", 0, 1],
    ["0..1", 0, 1],
    ["1,000-2,000", 1000, 2000],
    ["10-1", 10, 1],
  ])("reads the bounds of %j", (when, low, high) => {
    expect(parseRange(when)).toEqual({ low, high });
  });

  it.each([
    ["0-inf", 0, Number.POSITIVE_INFINITY],
    ["0-Infinity", 0, Number.POSITIVE_INFINITY],
    ["-inf-5", Number.NEGATIVE_INFINITY, 5],
    ["0..\u221e", 0, Number.POSITIVE_INFINITY],
    ["-Infinity - -3", Number.NEGATIVE_INFINITY, -3],
  ])("takes infinity for a bound in %j", (when, low, high) => {
    expect(parseRange(when)).toEqual({ low, high });
  });

  it.each(["", "5", "-10", "1-5-10", "a-10", "5-ten", "nan-3"])("refuses %j", (when) => {
    expect(parseRange(when)).toBeUndefined();
  });
});
