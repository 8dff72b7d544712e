import { isJsonObject, type Json, type JsonObject } from "../../value/json.ts";
import { SCHEMA_KEYWORDS } from "../../value/schema/schema-keywords.ts";
import { memberPath } from "../json-path.ts";

/** The schemas that stand in a schema, with their places. */
export function partsOf(schema: JsonObject, path: string): readonly (readonly [string, Json])[] {
  return Object.entries(schema).flatMap(([keyword, value]): readonly (readonly [string, Json])[] => {
    const at = memberPath(path, keyword);
    switch (SCHEMA_KEYWORDS.get(keyword)) {
      case "schema":
        return [[at, value]];
      case "schemas":
      case "schemaOrSchemas":
        return Array.isArray(value) ? value.map((part: Json, index) => [memberPath(at, index), part]) : [[at, value]];
      case "schemaMap":
      case "patternMap":
        return isJsonObject(value) ? Object.entries(value).map(([key, part]) => [memberPath(at, key), part]) : [];
      default:
        return [];
    }
  });
}
