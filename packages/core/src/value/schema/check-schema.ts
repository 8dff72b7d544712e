import { isJsonObject, type Json } from "../json.ts";
import { checkKeywords } from "./check-keywords.ts";
import { checkReferences } from "./check-references.ts";
import type { SchemaProblem } from "./schema-problem.ts";

/** Why a schema cannot be used, with paths into it; empty where it can. */
export function checkSchema(schema: Json): readonly SchemaProblem[] {
  if (!isJsonObject(schema)) return [{ path: "$", message: "expected a JSON Schema, which is an object" }];
  const problems = checkKeywords(schema, "$");
  return problems.length > 0 ? problems : checkReferences(schema);
}
