import type { JsonObject } from "@catenary/core";
import { isSchemaObject } from "./is-schema-object.ts";

/** One schema that asks for what two ask for. */
export function mergeSchemas(one: JsonObject, other: JsonObject): JsonObject {
  const merged: Record<string, JsonObject[string]> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = merged[key];
    merged[key] = before === undefined ? value : mergeKeyword(key, before, value);
  }
  return merged;
}

type Value = JsonObject[string];

function mergeKeyword(key: string, one: Value, other: Value): Value {
  switch (key) {
    case "properties":
    case "$defs":
    case "definitions":
      return mergeNamed(one, other);
    case "items":
    case "additionalProperties":
      return isSchemaObject(one) && isSchemaObject(other) ? mergeSchemas(one, other) : one === false ? one : other;
    case "required":
      return [...new Set([...asList(one), ...asList(other)])];
    case "type":
      return sharedTypes(asList(one), asList(other));
    case "enum":
      return asList(one).filter((value) =>
        asList(other).some((same) => JSON.stringify(same) === JSON.stringify(value)),
      );
    case "allOf":
      return [...asList(one), ...asList(other)];
    case "minimum":
    case "exclusiveMinimum":
    case "minLength":
    case "minItems":
      return Math.max(Number(one), Number(other));
    case "maximum":
    case "exclusiveMaximum":
    case "maxLength":
    case "maxItems":
      return Math.min(Number(one), Number(other));
    case "pattern":
      // Both, as a regular expression says it.
      return one === other ? one : `(?=[^]*(?:${String(one)}))[^]*(?:${String(other)})`;
    default:
      return other;
  }
}

function mergeNamed(one: Value, other: Value): Value {
  if (!isSchemaObject(one) || !isSchemaObject(other)) return other;
  const merged: Record<string, Value> = { ...one };
  for (const [name, schema] of Object.entries(other)) {
    const before = merged[name];
    merged[name] = isSchemaObject(before) && isSchemaObject(schema) ? mergeSchemas(before, schema) : schema;
  }
  return merged;
}

/** Every integer is a number. */
function sharedTypes(one: readonly Value[], other: readonly Value[]): Value {
  const shared = one.flatMap((type) => {
    if (other.includes(type)) return [type];
    if (type === "number" && other.includes("integer")) return ["integer"];
    return type === "integer" && other.includes("number") ? ["integer"] : [];
  });
  return shared;
}

const asList = (value: Value): readonly Value[] => (Array.isArray(value) ? value : [value]);
