import type { JsonObject } from "../../value/json.ts";
import { type KeywordKind, SCHEMA_KEYWORDS, SCHEMA_TYPES } from "../../value/schema/schema-keywords.ts";

/** What a JSON Schema inside a chain must be: the same keywords, with the same kinds of value, that a check of the chain looks at. */
export function schemaOfSchemas(): JsonObject {
  const keywords = [...SCHEMA_KEYWORDS].map(([keyword, kind]): [string, JsonObject] => [keyword, KINDS[kind]]);
  return { type: "object", properties: Object.fromEntries(keywords) };
}

const SCHEMA = { anyOf: [{ type: "boolean" }, { $ref: "#/$defs/jsonSchema" }] };
const TYPE = { enum: SCHEMA_TYPES };
const TEXTS = { type: "array", items: { type: "string" } };
const SCHEMA_MAP = { type: "object", additionalProperties: SCHEMA };

const KINDS: Readonly<Record<KeywordKind, JsonObject>> = {
  schema: SCHEMA,
  schemas: { type: "array", minItems: 1, items: SCHEMA },
  schemaOrSchemas: { anyOf: [SCHEMA, { type: "array", items: SCHEMA }] },
  schemaMap: SCHEMA_MAP,
  schemaOrTextsMap: { type: "object", additionalProperties: { anyOf: [SCHEMA, TEXTS] } },
  patternMap: SCHEMA_MAP,
  types: { anyOf: [TYPE, { type: "array", items: TYPE }] },
  list: { type: "array" },
  number: { type: "number" },
  positive: { type: "number", exclusiveMinimum: 0 },
  count: { type: "integer", minimum: 0 },
  boolean: { type: "boolean" },
  text: { type: "string" },
  texts: TEXTS,
  textsMap: { type: "object", additionalProperties: TEXTS },
  pattern: { type: "string" },
};
