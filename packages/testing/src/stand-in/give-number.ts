import { readFacts } from "./facts.ts";
import { type Reading, subjectOf } from "./read-prompt.ts";
import { signStrength } from "./signs.ts";
import { stems, words } from "./words.ts";

/** What a number is asked for, and between which bounds. */
export interface NumberRequest {
  /** The question, or a field's name and description. */
  readonly question: string;
  readonly low?: number;
  readonly high?: number;
}

/** A grade within the bounds where a grade is asked for, else the number in the text that is; undefined where it has none. */
export function giveNumber(request: NumberRequest, reading: Reading): number | undefined {
  const text = subjectOf(reading);
  const { question } = request;
  if (GRADE.test(question)) return grade(request, text);
  const facts = readFacts(text);
  if (/\b(?:amount|price|cost|total|refund|charged?|paid|sum|money|much|fee)/i.test(question)) {
    return facts.amounts[0]?.value ?? facts.numbers[0];
  }
  return numberNear(question, text) ?? facts.numbers[0];
}

/** Reads `1 to 10`, `between 0 and 1`, `1-5`, `out of 5` in an instruction. */
export function findBounds(instruction: string): { readonly low: number; readonly high: number } | undefined {
  const number = "(-?\\d{1,6}(?:\\.\\d{1,4})?)";
  const between = new RegExp(`${number} ?(?:to|and|-|–|\\.\\.) ?${number}`, "i").exec(instruction);
  if (between !== null) {
    const [low, high] = [Number(between[1]), Number(between[2])];
    if (low < high) return { low, high };
  }
  const outOf = /\bout of (\d{1,4})\b/i.exec(instruction);
  if (outOf !== null) return { low: 0, high: Number(outOf[1]) };
  return /\bpercent(?:age)?\b/i.test(instruction) ? { low: 0, high: 100 } : undefined;
}

const GRADE =
  /\b(?:rate|rating|score|grade|scale|confidence|priority|severity|urgency|probability|likelihood|sentiment|satisfaction|how (?:urgent|severe|important|likely|positive|negative|happy|angry|satisfied|confident))/i;

function grade({ question, low = 0, high = 10 }: NumberRequest, text: string): number {
  const [more, less] = words(question).some((word) => /^(?:urgen|sever|priorit|importan|critical)/.test(word))
    ? (["urgent", "normal"] as const)
    : (["positive", "negative"] as const);
  const balance = signStrength(more, text) - signStrength(less, text);
  const share = Math.min(0.95, Math.max(0.05, 0.5 + 0.15 * balance));
  const exact = low + (high - low) * share;
  return high - low <= 1 ? Math.round(exact * 100) / 100 : Math.round(exact);
}

/** The number that stands right before or behind a word of the question. */
function numberNear(question: string, text: string): number | undefined {
  const asked = new Set(stems(question));
  const tokens = text.match(/-?\d+(?:\.\d+)?|[\p{L}]+/gu) ?? [];
  for (const [at, token] of tokens.entries()) {
    if (!/\d$/.test(token)) continue;
    const around = [tokens[at + 1], tokens[at + 2], tokens[at - 1]];
    if (around.some((word) => word !== undefined && stems(word).some((stem) => asked.has(stem)))) return Number(token);
  }
  return undefined;
}
