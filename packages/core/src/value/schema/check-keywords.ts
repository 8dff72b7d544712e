import { fieldPath } from "../invalid-input.ts";
import { isJsonObject, type Json } from "../json.ts";
import { suggest } from "../suggest.ts";
import { type KeywordKind, SCHEMA_KEYWORDS, SCHEMA_TYPES } from "./schema-keywords.ts";
import type { SchemaProblem } from "./schema-problem.ts";

/** Keywords whose value is not what JSON Schema wants there. The library that validates would ignore some of them and fail on others. */
export function checkKeywords(schema: Json | undefined, path: string): readonly SchemaProblem[] {
  if (typeof schema === "boolean") return [];
  if (!isJsonObject(schema)) return wrong(path, "a schema, which is an object or a boolean");
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const kind = SCHEMA_KEYWORDS.get(keyword);
    return kind === undefined ? [] : checkValue(kind, value, fieldPath(path, keyword));
  });
}

function checkValue(kind: KeywordKind, value: Json, path: string): readonly SchemaProblem[] {
  switch (kind) {
    case "schema":
      return checkKeywords(value, path);
    case "schemas":
      if (!Array.isArray(value) || value.length === 0) return wrong(path, "a list of at least one schema");
      return checkEach(value, path);
    case "schemaOrSchemas":
      return Array.isArray(value) ? checkEach(value, path) : checkKeywords(value, path);
    case "schemaMap":
      return checkMembers(value, path, checkKeywords);
    case "patternMap":
      return checkMembers(value, path, (member, at, key) => [
        ...checkValue("pattern", key, at),
        ...checkKeywords(member, at),
      ]);
    case "textsMap":
      return checkMembers(value, path, (member, at) => checkValue("texts", member, at));
    case "schemaOrTextsMap":
      return checkMembers(value, path, (member, at) =>
        Array.isArray(member) ? checkValue("texts", member, at) : checkKeywords(member, at),
      );
    default:
      return checkPlain(kind, value, path);
  }
}

function checkPlain(kind: KeywordKind, value: Json, path: string): readonly SchemaProblem[] {
  switch (kind) {
    case "types":
      return (Array.isArray(value) ? value : [value]).flatMap((name: Json) => checkType(name, path));
    case "list":
      return Array.isArray(value) ? [] : wrong(path, "a list");
    case "number":
      return typeof value === "number" ? [] : wrong(path, "a number");
    case "positive":
      return typeof value === "number" && value > 0 ? [] : wrong(path, "a number above 0");
    case "count":
      return Number.isInteger(value) && Number(value) >= 0 ? [] : wrong(path, "a whole number of at least 0");
    case "boolean":
      return typeof value === "boolean" ? [] : wrong(path, "true or false");
    case "texts":
      return Array.isArray(value) && value.every((name) => typeof name === "string")
        ? []
        : wrong(path, "a list of names");
    case "pattern":
      return isPattern(value) ? [] : wrong(path, "a regular expression");
    default:
      return typeof value === "string" ? [] : wrong(path, "text");
  }
}

function checkType(name: Json, path: string): readonly SchemaProblem[] {
  if (typeof name === "string" && SCHEMA_TYPES.includes(name)) return [];
  const meant = typeof name === "string" ? suggest(name, SCHEMA_TYPES) : undefined;
  return wrong(path, `a type (${SCHEMA_TYPES.join(", ")})${meant === undefined ? "" : `; did you mean ${meant}?`}`);
}

function checkEach(values: readonly Json[], path: string): readonly SchemaProblem[] {
  return values.flatMap((value, index) => checkKeywords(value, `${path}[${index}]`));
}

function checkMembers(
  value: Json,
  path: string,
  check: (member: Json, path: string, key: string) => readonly SchemaProblem[],
): readonly SchemaProblem[] {
  if (!isJsonObject(value)) return wrong(path, "an object");
  return Object.entries(value).flatMap(([key, member]) => check(member, fieldPath(path, key), key));
}

function isPattern(value: Json): boolean {
  if (typeof value !== "string") return false;
  try {
    return new RegExp(value, "u") !== undefined;
  } catch {
    return false;
  }
}

function wrong(path: string, expected: string): readonly SchemaProblem[] {
  return [{ path, message: `expected ${expected}` }];
}
