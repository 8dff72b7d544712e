import type { OutputUnit } from "@cfworker/json-schema";
import type { Json } from "../json.ts";
import { pathOfPointer } from "./path-of-pointer.ts";
import type { SchemaProblem } from "./schema-problem.ts";

/** As many problems as somebody reads; a list of a thousand wrong items has a thousand. */
const MOST_PROBLEMS = 20;

/** What the validating library found, in our words, without what only says that something further down was found. */
export function readFaults(faults: readonly OutputUnit[], value: Json): readonly SchemaProblem[] {
  const told = new Set<string>();
  const problems: SchemaProblem[] = [];
  for (const [index, fault] of faults.entries()) {
    if (isToldBelow(fault, faults[index + 1])) continue;
    const problem = { path: pathOfPointer(fault.instanceLocation.slice(1), value), message: wordsOf(fault) };
    const key = `${problem.path} ${problem.message}`;
    if (told.has(key)) continue;
    told.add(key);
    problems.push(problem);
    if (problems.length === MOST_PROBLEMS) break;
  }
  return problems;
}

/** What applies other schemas reports itself first, and then what they found. */
function isToldBelow(fault: OutputUnit, next: OutputUnit | undefined): boolean {
  if (fault.keyword === "false") return fault.instanceLocation !== "#";
  if (!APPLIES_OTHERS.has(fault.keyword) || next === undefined) return false;
  return next.keywordLocation.startsWith(`${fault.keywordLocation}/`);
}

const APPLIES_OTHERS: ReadonlySet<string> = new Set([
  "$ref",
  "$recursiveRef",
  "allOf",
  "properties",
  "patternProperties",
  "additionalProperties",
  "unevaluatedProperties",
  "items",
  "prefixItems",
  "additionalItems",
  "unevaluatedItems",
  "if",
  "dependentSchemas",
]);

/** The library's message has the schema's words in it and names of properties, never the value. */
function wordsOf({ keyword, error }: OutputUnit): string {
  for (const [pattern, words] of WORDS)
    if (pattern.test(error)) return error.replace(pattern, words).replace(/\.$/, "");
  if (keyword === "false") return "nothing is allowed here";
  return error
    .replace(/\.$/, "")
    .replace(/^Instance /, "the value ")
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Instance type "(.*?)" is invalid\. Expected "(.*)"\.$/, "expected $2, got $1"],
  [/^Instance does not have required property (".*")\.$/, "expected the property $1, which is missing"],
  [/^Property (".*") does not match (?:additional|unevaluated) properties schema\.$/, "the property $1 is not allowed"],
  [/^Instance does not match any of (.*)\.$/, "expected one of $1"],
  [/^\S+ is (less than|greater than|not a multiple)/, "the value is $1"],
  [/^Instance does not match any subschemas\.$/, "expected one of several forms, and it has none of them"],
];
