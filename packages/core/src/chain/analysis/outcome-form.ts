import { suggest } from "../../value/suggest.ts";
import { trimReply } from "../../value/trim-reply.ts";
import type { TaskFacts } from "./chain-facts.ts";
import { isBuiltIn } from "./known-outcomes.ts";
import { type StructuredOutcomes, structuredOutcomes } from "./structured-outcomes.ts";

/** How the outcomes of a kind of task look of which there are too many to name. */
export interface OutcomeForm {
  readonly isWhole: (text: string) => boolean;
  readonly isPart: (text: string) => boolean;
  readonly says: string;
  readonly instead?: (text: string) => string;
}

const FORMS: ReadonlyMap<string, OutcomeForm> = new Map([
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
] satisfies [string, OutcomeForm][]);

/** Undefined where a task may report anything, or it is not known. */
export function outcomeForm({ task, spec }: Pick<TaskFacts, "task" | "spec">): OutcomeForm | undefined {
  if (spec === undefined || !isBuiltIn(spec)) return undefined;
  // A value is reported as it is, blanks and all.
  if (spec.name === "raw_string" && task.output !== undefined) return numberForm(structuredOutcomes(task.output));
  return FORMS.get(spec.name);
}

/** Numbers are reported as JavaScript writes them. */
function numberForm(outcomes: StructuredOutcomes | undefined): OutcomeForm | undefined {
  if (outcomes?.numbers === undefined) return undefined;
  const { texts, numbers } = outcomes;
  const isNumber = (text: string) =>
    numbers === "whole" ? Number.isInteger(Number(text)) : Number.isFinite(Number(text));
  const number = numbers === "whole" ? "a whole number" : "a number";
  return {
    isWhole: (text) => texts.includes(text) || (isNumber(text) && String(Number(text)) === text),
    isPart: (text) => /^[-+.e\d]*$/.test(text) || texts.some((whole) => whole.includes(text)),
    says: [number, ...texts.map((text) => `\`${text}\``)].join(" or "),
    instead: (text) => (text.trim() !== "" && isNumber(text) ? String(Number(text)) : (suggest(text, texts) ?? "")),
  };
}
