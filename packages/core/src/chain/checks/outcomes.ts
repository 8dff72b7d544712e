import { suggest } from "../../value/suggest.ts";
import { trimReply } from "../../value/trim-reply.ts";
import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { isBuiltIn, type KnownOutcome, knownOutcomes } from "../analysis/known-outcomes.ts";
import { type Branch, OPERATORS, type Operator } from "../chain.ts";
import { boundsOf, comparerOf } from "../compare-outcome.ts";
import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";

/** Branches that compare with what the task never reports. */
export function checkOutcomes({ tasks }: ChainFacts): readonly Finding[] {
  return tasks.flatMap((facts) => {
    const outcomes = knownOutcomes(facts.task, facts.spec);
    return facts.task.transition.branches.flatMap((branch, index): Finding[] => {
      if (!isComparison(branch)) return [];
      const fault = outcomes === undefined ? faultOfForm(facts, branch) : faultAmong(facts, branch, outcomes);
      if (fault === undefined) return [];
      const path = `${memberPath(`${facts.path}.transition.branches`, index)}.when`;
      return [{ severity: "warning", code: "impossible_outcome", path, ...fault }];
    });
  });
}

type Fault = Pick<Finding, "message" | "suggestion">;

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

function faultAmong({ task }: TaskFacts, branch: Branch, outcomes: readonly KnownOutcome[]): Fault | undefined {
  if (outcomes.some(comparerOf(branch))) return undefined;
  if (outcomes.length === 0) return { message: `task \`${task.id}\` never succeeds; the branch is never taken` };
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

/** How the outcomes of a kind of task look of which there are too many to name. */
interface Form {
  readonly isWhole: (text: string) => boolean;
  readonly isPart: (text: string) => boolean;
  readonly says: string;
  readonly instead?: (text: string) => string;
}

const FORMS: ReadonlyMap<string, Form> = new Map([
  [
    "parse_number",
    {
      isWhole: (text) => /^(?:0|-?[1-9]\d*)$/.test(text),
      isPart: (text) => /^[-\d]*$/.test(text),
      says: "the digits of a whole number",
    },
  ],
  [
    "parse_score",
    {
      isWhole: (text) => text.trim() !== "" && Number.isFinite(Number(text)),
      isPart: (text) => /^[-.\d]*$/.test(text),
      says: "a number with two decimals",
    },
  ],
  [
    "parse_transition",
    {
      isWhole: (text) => !/[ \t\r\n]/.test(text),
      isPart: (text) => !/[ \t\r\n]/.test(text),
      says: "a command without blanks",
      instead: (text) => text.trim().split(/[ \t\r\n]/, 1)[0] ?? "",
    },
  ],
  [
    "raw_string",
    {
      isWhole: (text) => trimReply(text) === text,
      isPart: () => true,
      says: "a text without blanks around it",
      instead: trimReply,
    },
  ],
] satisfies [string, Form][]);

function faultOfForm({ task, spec }: TaskFacts, { operator, when }: Branch): Fault | undefined {
  const form = spec !== undefined && isBuiltIn(spec) && isTextual(operator) ? FORMS.get(spec.name) : undefined;
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
