import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalsBetween, integersBetween } from "./number-range.ts";

/** A rule's body as a regular expression: it has only literals, digits, groups, choices and repetitions. */
function toRegExp(body: string): RegExp {
  const source = body.replaceAll(/"([^"]*)"| /g, (_, text: string | undefined) => text?.replaceAll(".", "\\.") ?? "");
  return new RegExp(`^(${source})$`);
}

const ends = fc
  .tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 20_000 }))
  .map(([from, length]) => ({ from, to: from + length }));

test("a range of integers lets those in it through and no others", () => {
  fc.assert(
    fc.property(ends, fc.integer({ min: -130_000, max: 130_000 }), ({ from, to }, number) => {
      const pattern = toRegExp(integersBetween({ from, to }) ?? "");
      for (const one of [number, from, to, from - 1, to + 1]) {
        expect(pattern.test(String(one))).toBe(from <= one && one <= to);
      }
    }),
  );
});

test("a range of decimals lets through only numbers that lie in it, and its ends", () => {
  const decimal = fc.tuple(fc.integer({ min: -130_000, max: 130_000 }), fc.integer({ min: 0, max: 999 }));
  fc.assert(
    fc.property(ends, decimal, ({ from, to }, [whole, digits]) => {
      const pattern = toRegExp(decimalsBetween({ from, to }) ?? "");
      const text = `${whole}.${digits}`;
      if (pattern.test(text)) {
        expect(Number(text)).toBeGreaterThanOrEqual(from);
        expect(Number(text)).toBeLessThanOrEqual(to);
      }
      expect(pattern.test(String(from))).toBe(true);
      expect(pattern.test(String(to))).toBe(true);
    }),
  );
});

test("scores between 0 and 1 have their fractions", () => {
  const pattern = toRegExp(decimalsBetween({ from: 0, to: 1 }) ?? "");
  for (const text of ["0", "1", "0.5", "0.25", "1.0"]) expect(pattern.test(text)).toBe(true);
  for (const text of ["1.5", "2", "-0.5", "01", "."]) expect(pattern.test(text)).toBe(false);
});

test("an open end is as far as a double counts exactly, an empty range is none", () => {
  expect(toRegExp(integersBetween({ from: 5, to: undefined }) ?? "").test("999999999999999")).toBe(true);
  expect(toRegExp(integersBetween({ from: 5, to: undefined }) ?? "").test("4")).toBe(false);
  expect(integersBetween({ from: 2, to: 1 })).toBeUndefined();
  expect(decimalsBetween({ from: 0.5, to: 1 })).toBeUndefined();
});
