import { NAME_SOURCE, NUMBER_SOURCE } from "./number-pattern.ts";

/** Two bounds as text, in the order written; a text with one number only gives it as `single`. */
export type FoundRange =
  | { readonly kind: "pair"; readonly low: string; readonly high: string }
  | { readonly kind: "single"; readonly number: string };

const space = "\\s{0,8}";
const quote = "[\"'`*]{0,3}";
const word = "to|and|through";
// Neither the `e` of an exponent nor a separator is a unit.
const unit = `(?:[%°]|(?!e[-+]?\\d|${space}(?:${word})(?!\\p{L}))${space}\\p{L}{1,16})?`;
const separator = `(?:[-\u2010-\u2015\u2212~\u301c,;]|\\.{2,3}|\u2026|${word})`;
const between = `${quote}${unit}${quote}${space}${separator}${space}${quote}[$€£]?`;
// `2024-01-15` and `1-5-10` are no ranges: a third number is taken along, to be left out with the rest.
const chain = `((?:\\s?[-\u2010-\u2015]\\s?\\d[\\d.]*)+)?`;
const infinity = "[-+\u2212]?(?:infinity|inf)(?![\\p{L}\\d])|[-+\u2212]?\u221e";

const bound = `(?:${infinity}|${NUMBER_SOURCE})`;
// The look-ahead keeps the first bound whole: `1,300` must not be given up for 1 and 300.
const pattern = new RegExp(`(?=(${bound}))\\1${between}(${bound})${chain}|(${bound})|${NAME_SOURCE}`, "giu");

/** Finds the first two numbers that a dash, `to`, `..`, `and` or a comma joins; without such a pair, the first number. Infinity counts as one. */
export function findRange(text: string): FoundRange | undefined {
  let single: string | undefined;
  for (const [, low, high, rest, alone] of text.matchAll(pattern)) {
    if (low !== undefined && high !== undefined && rest === undefined) return { kind: "pair", low, high };
    single ??= alone;
  }
  return single === undefined ? undefined : { kind: "single", number: single };
}

/** Whether a bound that was found is infinity. */
export function isInfinite(found: string): boolean {
  return /inf|\u221e/i.test(found);
}
