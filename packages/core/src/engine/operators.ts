import type { Branch } from "../chain/chain.ts";
import { extractNumber } from "../value/extract-number.ts";
import { parseRange } from "../value/parse-range.ts";
import type { Outcome } from "./outcome.ts";

type Test = (outcome: Outcome) => boolean;

const never: Test = () => false;

/**
 * How one branch, other than `default`, is compared with an outcome. What cannot be compared (no number where one is
 * needed, on either side) is no match: it never defeats a later branch.
 */
export function compileBranch(branch: Branch): Test {
  const { when } = branch;
  switch (branch.operator) {
    case "equals":
      return equals(when);
    case "contains":
      return onText((text) => text.includes(when));
    case "starts_with":
      return onText((text) => text.startsWith(when));
    case "ends_with":
      return onText((text) => text.endsWith(when));
    case ">":
    case "gt":
      return onNumber(extractNumber(when), (value, bound) => value > bound);
    case "<":
    case "lt":
      return onNumber(extractNumber(when), (value, bound) => value < bound);
    case "in_range":
      return inRange(when);
    case "default":
      return never;
  }
}

/** Tries the outcome, then the form that contenox/runtime reports. */
function onText(matches: (text: string) => boolean): Test {
  return (outcome) => matches(outcome.text) || (outcome.transition !== undefined && matches(outcome.transition));
}

function equals(when: string): Test {
  const text = onText((value) => value === when);
  const number = when.trim() === "" ? Number.NaN : Number(when);
  return (outcome) => text(outcome) || (outcome.number !== undefined && outcome.number === number);
}

function onNumber(bound: number | undefined, matches: (value: number, bound: number) => boolean): Test {
  if (bound === undefined) return never;
  return (outcome) => {
    const value = numberOf(outcome);
    return value !== undefined && matches(value, bound);
  };
}

function inRange(when: string): Test {
  const range = parseRange(when);
  if (range === undefined) return never;
  return (outcome) => {
    const value = numberOf(outcome);
    return value !== undefined && value >= range.low && value <= range.high;
  };
}

function numberOf(outcome: Outcome): number | undefined {
  return outcome.number ?? extractNumber(outcome.text);
}
