import { literal } from "./grammar-rules.ts";

/** A range; an absent end is open. */
export interface Range {
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Whether the end itself is left out. Of integers none is. */
  readonly isAbove?: boolean;
  readonly isBelow?: boolean;
}

/** What a double keeps of a number exactly. */
const MOST = 999_999_999_999_999;
const FRACTION = '("." [0-9]{1,15})?';
const ZERO_FRACTION = '("." "0")?';
const REAL_FRACTION = '"." [0-9]{0,14} [1-9]';

/** The integers of a range, as a rule's body; undefined where there are none. */
export function integersBetween({ from = -MOST, to = MOST }: Range): string | undefined {
  const [least, most] = [Math.max(Math.ceil(from), -MOST), Math.min(Math.floor(to), MOST)];
  if (least > most) return undefined;
  const negative = least < 0 ? `"-" (${naturals(Math.max(1, -most), -least)})` : undefined;
  const natural = most >= 0 ? naturals(Math.max(0, least), most) : undefined;
  return anyOf([natural, negative]);
}

/**
 * Decimal numbers of a range, as a rule's body; undefined where an end is no integer, or none lies between them: the digits after
 * the point are free, so the integers decide.
 */
export function decimalsBetween({
  from: least = -MOST,
  to: most = MOST,
  isAbove = false,
  isBelow = false,
}: Range): string | undefined {
  const [from, to] = [Math.max(least, -MOST), Math.min(most, MOST)];
  if (!Number.isInteger(from) || !Number.isInteger(to) || from > to) return undefined;
  if (from === to && (isAbove || isBelow)) return undefined;
  // Away from zero a fraction leads further out, so the integer at the end itself has none; nor has it less than one where it is left out.
  const nearest = { natural: isAbove && from >= 0 ? from : undefined, negative: isBelow && to <= 0 ? -to : undefined };
  const inner = {
    natural: naturalsOrNone(nearest.natural === undefined ? Math.max(0, from) : from + 1, to - 1),
    negative: naturalsOrNone(nearest.negative === undefined ? Math.max(0, -to) : -to + 1, -from - 1),
  };
  const ends = [...(isAbove ? [] : [from]), ...(isBelow ? [] : [to])];
  return anyOf([
    inner.natural && `(${inner.natural}) ${FRACTION}`,
    inner.negative && `"-" (${inner.negative}) ${FRACTION}`,
    nearest.natural !== undefined ? `${literal(String(from))} ${REAL_FRACTION}` : undefined,
    nearest.negative !== undefined ? `"-" ${literal(String(-to))} ${REAL_FRACTION}` : undefined,
    ...new Set(ends.map((end) => `${literal(String(end))} ${ZERO_FRACTION}`)),
  ]);
}

function anyOf(bodies: readonly (string | undefined)[]): string | undefined {
  const some = bodies.filter((body) => body !== undefined);
  return some.length === 0 ? undefined : some.join(" | ");
}

const naturalsOrNone = (from: number, to: number) => (from > to ? undefined : naturals(from, to));

/** The integers from one to another, neither of them negative, as a rule's body. */
function naturals(from: number, to: number): string {
  const bodies: string[] = [];
  for (let digits = String(from).length; digits <= String(to).length; digits += 1) {
    const shortest = digits === 1 ? 0 : 10 ** (digits - 1);
    bodies.push(sameLength(String(Math.max(from, shortest)), String(Math.min(to, 10 ** digits - 1))));
  }
  return bodies.join(" | ");
}

/** Digits between two of the same length. */
function sameLength(from: string, to: string): string {
  if (from === to) return literal(from);
  const [first = "", last = ""] = [from[0], to[0]];
  const rest = from.length - 1;
  if (first === last) return `${literal(first)} (${sameLength(from.slice(1), to.slice(1))})`;
  if (rest === 0) return digit(first, last);
  const isLow = /^0*$/.test(from.slice(1));
  const isHigh = /^9*$/.test(to.slice(1));
  const [low, high] = [Number(first) + (isLow ? 0 : 1), Number(last) - (isHigh ? 0 : 1)];
  const bodies = [
    ...(isLow ? [] : [`${literal(first)} (${sameLength(from.slice(1), "9".repeat(rest))})`]),
    ...(low <= high ? [`${digit(String(low), String(high))} [0-9]{${rest}}`] : []),
    ...(isHigh ? [] : [`${literal(last)} (${sameLength("0".repeat(rest), to.slice(1))})`]),
  ];
  return bodies.join(" | ");
}

const digit = (from: string, to: string) => (from === to ? literal(from) : `[${from}-${to}]`);
