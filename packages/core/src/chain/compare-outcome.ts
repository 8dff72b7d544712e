import { extractNumber } from "../value/extract-number.ts";
import type { Outcome } from "../value/outcome.ts";
import { parseRange } from "../value/parse-range.ts";
import type { Branch } from "./chain.ts";

export type Comparer = (outcome: Outcome) => boolean;

const never: Comparer = () => false;

/**
 * How one branch, other than `default`, is compared with outcomes; everything that the text of the branch says is read
 * once. What cannot be compared (no number where one is needed, on either side) is no match: it never defeats a later
 * branch.
 */
export function comparerOf({ operator, when }: Branch): Comparer {
  switch (operator) {
    case "equals":
      return equals(when);
    case "contains":
      return onText((text) => text.includes(when));
    case "starts_with":
      return onText((text) => text.startsWith(when));
    case "ends_with":
      return onText((text) => text.endsWith(when));
    case "in_range":
      return onNumber(boundsOf(operator, when), (value, { low, high }) => value >= low && value <= high);
    default:
      return onNumber(boundsOf(operator, when), (value, { low, high }) => value > low && value < high);
  }
}

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Between which numbers a numeric operator matches: with the bounds for `in_range`, without them for the others. Undefined: it matches none. */
export function boundsOf(operator: Branch["operator"], when: string): Bounds | undefined {
  if (operator === "in_range") return parseRange(when);
  const bound = extractNumber(when);
  if (bound === undefined) return undefined;
  if (operator === ">" || operator === "gt") return { low: bound, high: Number.POSITIVE_INFINITY };
  return operator === "<" || operator === "lt" ? { low: Number.NEGATIVE_INFINITY, high: bound } : undefined;
}

/** Tries the outcome, then the form that contenox/runtime reports. */
function onText(matches: (text: string) => boolean): Comparer {
  return (outcome) => matches(outcome.text) || (outcome.transition !== undefined && matches(outcome.transition));
}

function equals(when: string): Comparer {
  const text = onText((value) => value === when);
  const number = when.trim() === "" ? Number.NaN : Number(when);
  return (outcome) => text(outcome) || (outcome.number !== undefined && outcome.number === number);
}

function onNumber(bounds: Bounds | undefined, matches: (value: number, bounds: Bounds) => boolean): Comparer {
  if (bounds === undefined) return never;
  return (outcome) => {
    const value = outcome.number ?? extractNumber(outcome.text);
    return value !== undefined && matches(value, bounds);
  };
}
