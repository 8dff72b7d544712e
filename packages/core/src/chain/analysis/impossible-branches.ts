import { suggest } from "../../value/suggest.ts";
import { type Branch, OPERATORS, type Operator } from "../chain.ts";
import { boundsOf, comparerOf } from "../compare-outcome.ts";
import type { Finding } from "../finding.ts";
import type { TaskFacts } from "./chain-facts.ts";
import type { KnownOutcome } from "./known-outcomes.ts";
import { outcomeForm } from "./outcome-form.ts";

/** Why a branch is never taken. */
export type Fault = Pick<Finding, "message" | "suggestion">;

/** The branches that compare with what the task never reports, by their places. `outcomes` are all that it can report, where they are known. */
export function impossibleBranches(
  { task, spec }: Pick<TaskFacts, "task" | "spec">,
  outcomes: readonly KnownOutcome[] | undefined,
): ReadonlyMap<number, Fault> {
  const faults = task.transition.branches.flatMap((branch, index): readonly (readonly [number, Fault])[] => {
    if (!isComparison(branch)) return [];
    const fault = outcomes === undefined ? faultOfForm({ task, spec }, branch) : faultAmong({ task }, branch, outcomes);
    return fault === undefined ? [] : [[index, fault]];
  });
  return new Map(faults);
}

/** Unknown operators and bounds that are no numbers are reported as that. */
function isComparison({ operator, when }: Branch): boolean {
  if (operator === "default" || !OPERATORS.includes(operator)) return false;
  const bounds = boundsOf(operator, when);
  return isTextual(operator) || (bounds !== undefined && bounds.low <= bounds.high);
}

function isTextual(operator: Operator): boolean {
  return operator === "equals" || operator === "contains" || operator === "starts_with" || operator === "ends_with";
}

const NAMED = 8;

function faultAmong(
  { task }: Pick<TaskFacts, "task">,
  branch: Branch,
  outcomes: readonly KnownOutcome[],
): Fault | undefined {
  if (outcomes.some(comparerOf(branch))) return undefined;
  const forms = [
    ...new Set(outcomes.flatMap(({ text, transition }) => (transition === undefined ? text : [text, transition]))),
  ];
  const named = forms.slice(0, NAMED).map((form) => `\`${form}\``);
  const all = forms.length > NAMED ? `${named.join(", ")} or ${forms.length - NAMED} others` : named.join(", ");
  const message = `task \`${task.id}\` (${task.handler}) only reports ${all}, none of which ${WORDS[branch.operator]} \`${branch.when}\`; the branch is never taken`;
  const suggestion = branch.operator === "equals" ? suggest(branch.when, forms) : undefined;
  return { message, ...(suggestion !== undefined && { suggestion }) };
}

const WORDS: Readonly<Record<Operator, string>> = {
  equals: "is",
  contains: "contains",
  starts_with: "starts with",
  ends_with: "ends with",
  ">": "is a number greater than",
  gt: "is a number greater than",
  "<": "is a number less than",
  lt: "is a number less than",
  in_range: "is a number in",
  default: "is",
};

function faultOfForm({ task, spec }: Pick<TaskFacts, "task" | "spec">, { operator, when }: Branch): Fault | undefined {
  const form = isTextual(operator) ? outcomeForm({ task, spec }) : undefined;
  if (form === undefined || (operator === "equals" ? form.isWhole(when) : form.isPart(when))) return undefined;
  const message = `task \`${task.id}\` (${task.handler}) reports ${form.says}, which never ${NEVER[operator]} \`${when}\`; the branch is never taken`;
  const instead = form.instead?.(when) ?? "";
  return { message, ...(instead !== "" && { suggestion: instead }) };
}

const NEVER: Readonly<Partial<Record<Operator, string>>> = {
  equals: "is",
  contains: "contains",
  starts_with: "starts with",
  ends_with: "ends with",
};
