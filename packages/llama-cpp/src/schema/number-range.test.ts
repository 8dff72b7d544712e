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

test("an end that is left out is not let through, however it is written, and what lies beside it is", () => {
  const decimal = fc.tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: 0, max: 99 }));
  const range = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.boolean());
  fc.assert(
    fc.property(range, decimal, ([from, length, isAbove, isBelow], [whole, digits]) => {
      const to = from + length;
      const pattern = toRegExp(decimalsBetween({ from, to, isAbove, isBelow }) ?? "");
      for (const text of [`${whole}.${digits}`, `-0.${digits}`, `${whole}`, "-0", "-0.0", `${from}.0`, `${to}.0`]) {
        if (!pattern.test(text)) continue;
        const number = Number(text);
        expect(isAbove ? number > from : number >= from, `${text} above ${from}`).toBe(true);
        expect(isBelow ? number < to : number <= to, `${text} below ${to}`).toBe(true);
      }
      expect(pattern.test(String(from))).toBe(!isAbove);
      expect(pattern.test(String(to))).toBe(!isBelow);
      const middle = from < 0 ? (from + 1 === 0 ? "-0.5" : `${from + 1}.5`) : `${from}.5`;
      expect(pattern.test(middle), middle).toBe(true);
    }),
  );
});

test("ends that no double counts to are the last ones that it does", () => {
  const pattern = toRegExp(decimalsBetween({ from: -3.4e38, to: 3.4e38 }) ?? "");
  for (const text of ["0", "-7.5", "999999999999999"]) expect(pattern.test(text)).toBe(true);
  expect(integersBetween({ from: 1e15, to: undefined })).toBeUndefined();
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
