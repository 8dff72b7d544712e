import type { Pattern } from "./pattern.ts";

/** The body of a rule for texts that match a regular expression, as they stand in JSON, without the quotes. */
export function patternRule(pattern: Pattern): string {
  return pattern.kind === "choice" ? pattern.choices.map(inSequence).join(" | ") : inSequence(pattern);
}

function inSequence(pattern: Pattern): string {
  switch (pattern.kind) {
    case "one":
      return pattern.rule;
    case "sequence":
      return pattern.parts.length === 0 ? '""' : pattern.parts.map(inSequence).join(" ");
    case "choice":
      return `(${patternRule(pattern)})`;
    case "repeat":
      if (pattern.part.kind === "one" && pattern.part.rule === "char" && isAnyNumber(pattern)) return "char*";
      return `(${inSequence(pattern.part)})${timesOf(pattern)}`;
  }
}

type Repeat = Extract<Pattern, { kind: "repeat" }>;

/** A model that may write digits without an end may never end: of those there are as many as numbers of 64 bits have. */
const MOST_DIGITS = 20;
const DIGITS = "[0-9]";

const isAnyNumber = ({ from, to }: Repeat) => from === 0 && to === Number.POSITIVE_INFINITY;

function timesOf({ part, from, to }: Repeat): string {
  const isEndless = to === Number.POSITIVE_INFINITY;
  if (isEndless && part.kind === "one" && part.rule === DIGITS) return `{${from},${Math.max(from, MOST_DIGITS)}}`;
  if (isEndless && from < 2) return from === 0 ? "*" : "+";
  if (from === 0 && to === 1) return "?";
  if (from === to) return `{${from}}`;
  return `{${from},${isEndless ? "" : to}}`;
}
