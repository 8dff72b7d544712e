import { findRange, isInfinite } from "./find-range.ts";

/** Two numbers with the digits as they were written, in the order they were written. */
export interface TextRange {
  readonly low: string;
  readonly high: string;
}

/**
 * The range that a text names: `6-8 points` is 6 and 8. Negative numbers, every dash, `to`, `..`, `and` and a comma are understood;
 * one number alone is both bounds. The minus sign comes back as `-`; a plus is dropped.
 */
export function extractRange(text: string): TextRange | undefined {
  const found = findRange(text);
  if (found === undefined) return undefined;
  const low = plain(found.kind === "pair" ? found.low : found.number);
  const high = found.kind === "pair" ? plain(found.high) : low;
  // An open end cannot be written with digits: no range, rather than one with a bound left out.
  return isInfinite(low) || isInfinite(high) ? undefined : { low, high };
}

function plain(number: string): string {
  return number.replace("\u2212", "-").replace(/^\+/, "");
}
