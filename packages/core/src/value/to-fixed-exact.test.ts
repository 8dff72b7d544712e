import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toFixedExact } from "./to-fixed-exact.ts";

describe("toFixedExact", () => {
  it.each([
    [8, 2, "8.00"],
    [0.125, 2, "0.12"],
    [0.375, 2, "0.38"],
    [0.625, 2, "0.62"],
    [0.995, 2, "0.99"],
    [1.005, 2, "1.00"],
    [0.0078125, 6, "0.007812"],
    [2.5, 0, "2"],
    [3.5, 0, "4"],
    [-0, 2, "-0.00"],
    [-1e-7, 6, "-0.000000"],
    [1e21, 2, "1000000000000000000000.00"],
    [5e-324, 2, "0.00"],
  ])("prints %d with %d decimals as %s", (value, digits, text) => {
    expect(toFixedExact(value, digits)).toBe(text);
  });

  it("prints what is no number as JavaScript does", () => {
    expect(toFixedExact(Number.NaN, 2)).toBe("NaN");
    expect(toFixedExact(Number.NEGATIVE_INFINITY, 2)).toBe("-Infinity");
  });

  it("agrees with toFixed wherever the value is no tie", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 8 }), (n, digits) => {
        const value = n / 997;
        expect(toFixedExact(value, digits).replace(/^-(?=[0.]*$)/, "")).toBe(
          value.toFixed(digits).replace(/^-(?=[0.]*$)/, ""),
        );
      }),
    );
  });
});
