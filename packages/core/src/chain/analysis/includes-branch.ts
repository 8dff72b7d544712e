import type { Branch, Operator } from "../chain.ts";
import { type Bounds, boundsOf } from "../compare-outcome.ts";

/** Whether a branch matches every outcome there can be. */
export function matchesAll({ operator, when }: Branch): boolean {
  return when === "" && (operator === "contains" || operator === "starts_with" || operator === "ends_with");
}

/** A branch with its bounds read once, to be compared with many others. */
export interface ReadBranch {
  readonly branch: Branch;
  /** Undefined where it compares no numbers, or what it compares with is none. */
  readonly bounds: Bounds | undefined;
}

export function readBranch(branch: Branch): ReadBranch {
  return { branch, bounds: isNumeric(branch.operator) ? boundsOf(branch.operator, branch.when) : undefined };
}

/**
 * Whether the outer branch matches every outcome that the inner one matches, whatever the task is. Says false where it is not certain:
 * an outcome may have a second form and a rounded number, and `equals` compares with all three.
 */
export function includesBranch(outer: ReadBranch, inner: ReadBranch): boolean {
  const earlier = outer.branch;
  const later = inner.branch;
  if (earlier.operator === "default") return later.operator === "default";
  if (matchesAll(earlier)) return true;
  if (later.operator === "default") return false;
  if (meaning(earlier.operator) === meaning(later.operator) && earlier.when === later.when) return true;
  return isNumeric(later.operator) ? includesNumbers(outer, inner) : includesTexts(earlier, later);
}

function meaning(operator: Operator): Operator {
  if (operator === ">") return "gt";
  return operator === "<" ? "lt" : operator;
}

function isNumeric(operator: Operator): boolean {
  return operator === "in_range" || meaning(operator) === "gt" || meaning(operator) === "lt";
}

function includesTexts(earlier: Branch, later: Branch): boolean {
  const part = earlier.when;
  switch (earlier.operator) {
    case "contains":
      return !comparesNumbers(later) && later.when.includes(part);
    case "starts_with":
      return beginsAlike(later) && later.when.startsWith(part);
    case "ends_with":
      return endsAlike(later) && later.when.endsWith(part);
    default:
      return false;
  }
}

/** `equals` of a number is also tried on the exact number behind a rounded text. */
function comparesNumbers({ operator, when }: Branch): boolean {
  return operator === "equals" && when.trim() !== "" && !Number.isNaN(Number(when));
}

function beginsAlike(later: Branch): boolean {
  return later.operator === "starts_with" || (later.operator === "equals" && !comparesNumbers(later));
}

function endsAlike(later: Branch): boolean {
  return later.operator === "ends_with" || (later.operator === "equals" && !comparesNumbers(later));
}

function includesNumbers(
  { branch: earlier, bounds: outer }: ReadBranch,
  { branch: later, bounds: inner }: ReadBranch,
): boolean {
  if (outer === undefined || inner === undefined) return false;
  const isWider = outer.low <= inner.low && outer.high >= inner.high;
  if (earlier.operator === "in_range" || later.operator !== "in_range") return isWider;
  // Without the bounds there must be room for those of the range. No number is infinite.
  const low = outer.low === Number.NEGATIVE_INFINITY || outer.low < inner.low;
  const high = outer.high === Number.POSITIVE_INFINITY || outer.high > inner.high;
  return low && high;
}
