import { NEUTRAL_LABELS } from "./hints.ts";
import { type Reading, subjectOf } from "./read-prompt.ts";
import { signStrength } from "./signs.ts";
import { overlap, stems, words } from "./words.ts";

/** A possible answer, with what is known about when it is right. */
export interface Label {
  readonly label: string;
  readonly description?: string;
}

/** The label that has most in common with the text; one that says nothing where none has, else the first. */
export function chooseLabel(labels: readonly Label[], reading: Reading): string {
  const text = withoutExamples(subjectOf(reading));
  const inText = new Set(stems(text));
  const scores = labels.map(({ label, description }) => {
    const described = `${description ?? ""} ${describedIn(reading.instruction, label)}`;
    return (
      2 * overlap(stems(label), inText) +
      overlap(stems(described), inText) +
      exampleScore(label, reading, inText) +
      labelSigns(label, text)
    );
  });
  const best = Math.max(...scores);
  const tied = labels.filter((_, at) => scores[at] === best).map(({ label }) => label);
  if (best > 0) return tied[0] ?? "";
  return tied.find((label) => words(label).some((word) => NEUTRAL_LABELS.includes(word))) ?? tied[0] ?? "";
}

/** Whether the text shows what a question, or a field's name, is about. */
export function seemsTrue(question: string, text: string): boolean {
  const asked = words(question).filter((word) => word.length > 2);
  if (asked.some((word) => signStrength(word, text) > signStrength(OPPOSITES[word] ?? "", text))) return true;
  if (asked.some((word) => OPPOSITES[word] !== undefined && signStrength(OPPOSITES[word], text) > 0)) return false;
  const sought = stems(question);
  return overlap(sought, new Set(stems(text))) * 2 >= Math.max(1, new Set(sought).size);
}

const OPPOSITES: Readonly<Record<string, string>> = {
  urgent: "normal",
  normal: "urgent",
  positive: "negative",
  negative: "positive",
};

function labelSigns(label: string, text: string): number {
  return Math.max(0, ...words(label.replaceAll("_", " ")).map((word) => signStrength(word, text)));
}

function exampleScore(label: string, { examples }: Reading, inText: ReadonlySet<string>): number {
  const wanted = label.toLowerCase();
  let score = 0;
  for (const { text, answer } of examples) {
    if (answer.toLowerCase() === wanted) score = Math.max(score, overlap(stems(text), inText));
  }
  return score;
}

/** What the instruction says about a label: the rest of the line `- billing: invoices and refunds`, or what follows it in brackets. */
function describedIn(instruction: string, label: string): string {
  const found: string[] = [];
  for (const line of instruction.split("\n")) {
    const at = line.toLowerCase().indexOf(label.toLowerCase());
    if (at < 0) continue;
    const rest = line.slice(at + label.length, at + label.length + 300).replace(/^["'`*]+/, "");
    const [, bracketed] = /^ ?\(([^)]*)\)/.exec(rest) ?? [];
    if (bracketed !== undefined) found.push(bracketed);
    else if (/^ ?(?:[:=–—-]|means\b|if\b|when\b|for\b)/.test(rest)) found.push(rest.split(/[;.]/, 1)[0] ?? "");
  }
  return found.join(" ");
}

function withoutExamples(material: string): string {
  return material
    .split("\n")
    .filter((line) => !/(?:=>|->|→)/.test(line))
    .join("\n");
}
