import type { JsonObject } from "@catenary/core";
import type { SchemaRules } from "./grammar-of.ts";
import { patternRule } from "./pattern-rule.ts";
import { SchemaError } from "./schema-error.ts";

/** Formats that a grammar can spell. The others are only a note in JSON Schema. */
const FORMATS: Readonly<Record<string, string>> = {
  date: "date",
  time: "time",
  "date-time": 'date "T" time',
  uuid: "uuid",
};

/** llama.cpp writes a repetition out, and refuses very long ones. */
const LONGEST_REPETITION = 1000;

export function stringRule(part: JsonObject, path: string, { rules, skip }: SchemaRules): string {
  const format = typeof part.format === "string" ? FORMATS[part.format] : undefined;
  if (format !== undefined) return rules.add(`"\\"" ${format} "\\""`);
  const pattern = typeof part.pattern === "string" ? patternRule(part.pattern) : undefined;
  if (pattern !== undefined) {
    for (const keyword of ["minLength", "maxLength"]) if (part[keyword] !== undefined) skip(path, keyword);
    return rules.add(`"\\"" (${pattern}) "\\""`);
  }
  if (part.pattern !== undefined) skip(path, "pattern");
  const least = typeof part.minLength === "number" ? part.minLength : 0;
  const most = typeof part.maxLength === "number" ? part.maxLength : undefined;
  if (most !== undefined && least > most) {
    throw new SchemaError(path, `allows no string: it wants at least ${least} characters and at most ${most}`);
  }
  if (least > LONGEST_REPETITION) skip(path, "minLength");
  if (most !== undefined && most > LONGEST_REPETITION) skip(path, "maxLength");
  const from = least > LONGEST_REPETITION ? 0 : least;
  const to = most === undefined || most > LONGEST_REPETITION ? undefined : most;
  if (from === 0 && to === undefined) return "string";
  return rules.add(`"\\"" char{${from},${to ?? ""}} "\\""`);
}
