import type { JsonObject } from "@catenary/core";
import { countedRule } from "./counted-rule.ts";
import { FORMATS } from "./formats.ts";
import type { SchemaRules } from "./grammar-of.ts";
import { lengthsOf, type Pattern } from "./pattern.ts";
import { patternRule } from "./pattern-rule.ts";
import { readPattern } from "./read-pattern.ts";
import { SchemaError } from "./schema-error.ts";

/** llama.cpp writes a repetition out, and refuses very long ones. */
const LONGEST_REPETITION = 1000;

export function stringRule(part: JsonObject, path: string, made: SchemaRules): string {
  const { rules, skip } = made;
  const least = typeof part.minLength === "number" ? part.minLength : 0;
  const most = typeof part.maxLength === "number" ? part.maxLength : Number.POSITIVE_INFINITY;
  if (least > most) {
    throw new SchemaError(path, `allows no string: it wants at least ${least} characters and at most ${most}`);
  }
  const matched = matchedBy(part, path, made);
  if (matched !== undefined) return rules.add(`"\\"" ${ruleOf(matched, [least, most], path, made)} "\\""`);
  if (least > LONGEST_REPETITION) skip(path, "minLength");
  if (most > LONGEST_REPETITION && most !== Number.POSITIVE_INFINITY) skip(path, "maxLength");
  const from = least > LONGEST_REPETITION ? 0 : least;
  const to = most > LONGEST_REPETITION ? undefined : most;
  if (from === 0 && to === undefined) return "string";
  return rules.add(`"\\"" char{${from},${to ?? ""}} "\\""`);
}

interface Matched {
  readonly pattern: Pattern;
  /** How many characters it has at most where nobody says how many. */
  readonly usual: number;
}

/** What is to be matched; what cannot be held beside it is noted. */
function matchedBy(part: JsonObject, path: string, { skip }: SchemaRules): Matched | undefined {
  const { format, pattern: source } = part;
  const spelled = typeof format === "string" && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  const usual = spelled?.most ?? Number.POSITIVE_INFINITY;
  const pattern = typeof source === "string" ? readPattern(source) : undefined;
  // Where somebody says both, a whole text's pattern is the format itself, more exactly; that of a piece is not.
  if (pattern !== undefined && (spelled === undefined || isWhole(String(source)))) return { pattern, usual };
  if (source !== undefined) skip(path, "pattern");
  const own = spelled === undefined ? undefined : readPattern(spelled.pattern);
  if (own !== undefined) return { pattern: own, usual };
  if (format !== undefined && source === undefined) skip(path, "format");
  return undefined;
}

const isWhole = (source: string) => source.startsWith("^") && source.endsWith("$");

function ruleOf(
  { pattern, usual }: Matched,
  [least, most]: readonly [least: number, most: number],
  path: string,
  { rules, skip }: SchemaRules,
): string {
  const [shortest, longest] = lengthsOf(pattern);
  const last = most === Number.POSITIVE_INFINITY ? Math.max(least, shortest, usual) : most;
  if (least <= shortest && longest <= last) return `(${patternRule(pattern)})`;
  const counted = countedRule(pattern, [least, last], path, rules);
  if (counted !== undefined) return counted;
  if (shortest < least) skip(path, "minLength");
  if (longest > most) skip(path, "maxLength");
  return `(${patternRule(pattern)})`;
}
