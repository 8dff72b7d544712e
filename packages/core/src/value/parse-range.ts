import { findRange, isInfinite } from "./find-range.ts";
import { readNumber } from "./number-pattern.ts";

/** Both bounds belong to the range. Nothing says that `low` is the smaller one. */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
}

/** Reads the bounds of an `in_range` branch: `1-10`, `-5--2`, `0..1`, `0-inf`. Undefined for anything but two bounds. */
export function parseRange(when: string): NumberRange | undefined {
  const found = findRange(when);
  if (found?.kind !== "pair") return undefined;
  return { low: bound(found.low), high: bound(found.high) };
}

function bound(text: string): number {
  if (!isInfinite(text)) return readNumber(text);
  return /^[-\u2212]/.test(text) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
