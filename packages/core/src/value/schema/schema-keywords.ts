/** What a keyword of JSON Schema holds. `data`: anything. */
export type KeywordKind =
  | "schema"
  | "schemas"
  | "schemaOrSchemas"
  | "schemaMap"
  | "schemaOrTextsMap"
  | "patternMap"
  | "types"
  | "list"
  | "number"
  | "positive"
  | "count"
  | "boolean"
  | "text"
  | "texts"
  | "textsMap"
  | "pattern";

/** Every keyword whose value must have a certain form, in all the drafts that are understood. Others mean nothing, or hold anything. */
export const SCHEMA_KEYWORDS: ReadonlyMap<string, KeywordKind> = new Map<string, KeywordKind>([
  ["$ref", "text"],
  ["$id", "text"],
  ["$schema", "text"],
  ["$anchor", "text"],
  ["$defs", "schemaMap"],
  ["definitions", "schemaMap"],
  ["type", "types"],
  ["enum", "list"],
  ["allOf", "schemas"],
  ["anyOf", "schemas"],
  ["oneOf", "schemas"],
  ["not", "schema"],
  ["if", "schema"],
  ["then", "schema"],
  ["else", "schema"],
  ["properties", "schemaMap"],
  ["patternProperties", "patternMap"],
  ["additionalProperties", "schema"],
  ["unevaluatedProperties", "schema"],
  ["propertyNames", "schema"],
  ["dependentSchemas", "schemaMap"],
  ["dependentRequired", "textsMap"],
  ["dependencies", "schemaOrTextsMap"],
  ["required", "texts"],
  ["minProperties", "count"],
  ["maxProperties", "count"],
  ["items", "schemaOrSchemas"],
  ["prefixItems", "schemas"],
  ["additionalItems", "schema"],
  ["unevaluatedItems", "schema"],
  ["contains", "schema"],
  ["minContains", "count"],
  ["maxContains", "count"],
  ["minItems", "count"],
  ["maxItems", "count"],
  ["uniqueItems", "boolean"],
  ["minimum", "number"],
  ["maximum", "number"],
  ["exclusiveMinimum", "number"],
  ["exclusiveMaximum", "number"],
  ["multipleOf", "positive"],
  ["minLength", "count"],
  ["maxLength", "count"],
  ["pattern", "pattern"],
  ["format", "text"],
]);

/** The names of types. */
export const SCHEMA_TYPES: readonly string[] = ["string", "number", "integer", "boolean", "object", "array", "null"];
