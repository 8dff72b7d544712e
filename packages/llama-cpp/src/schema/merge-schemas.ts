import type { JsonObject } from "@catenary/core";
import { isSchemaObject } from "./is-schema-object.ts";

/** Told of a keyword that two schemas have and one cannot say: what the second asks for is taken. */
type Lose = (keyword: string) => void;

/** One schema that asks for what two ask for. */
export function mergeSchemas(one: JsonObject, other: JsonObject, lose: Lose = () => {}): JsonObject {
  const merged: Record<string, Value> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = merged[key];
    merged[key] = before === undefined ? value : mergeKeyword(key, before, value, lose);
  }
  return merged;
}

type Value = JsonObject[string];

/** Of these a schema has one. */
const SINGLE = new Set(["$ref", "anyOf", "oneOf", "const", "pattern", "format", "prefixItems", "additionalItems"]);

function mergeKeyword(key: string, one: Value, other: Value, lose: Lose): Value {
  if (SINGLE.has(key) && JSON.stringify(one) !== JSON.stringify(other)) lose(key);
  switch (key) {
    case "properties":
    case "$defs":
    case "definitions":
      return mergeNamed(one, other, lose);
    case "items":
    case "additionalProperties":
      return mergeParts(one, other, lose);
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
    case "minProperties":
      return Math.max(Number(one), Number(other));
    case "maximum":
    case "exclusiveMaximum":
    case "maxLength":
    case "maxItems":
    case "maxProperties":
      return Math.min(Number(one), Number(other));
    default:
      return other;
  }
}

function mergeNamed(one: Value, other: Value, lose: Lose): Value {
  if (!isSchemaObject(one) || !isSchemaObject(other)) return other;
  const merged: Record<string, Value> = { ...one };
  for (const [name, schema] of Object.entries(other)) {
    const before = Object.hasOwn(merged, name) ? merged[name] : undefined;
    merged[name] = before === undefined ? schema : mergeParts(before, schema, lose);
  }
  return merged;
}

/** True asks for nothing, and false allows nothing. */
function mergeParts(one: Value, other: Value, lose: Lose): Value {
  if (isSchemaObject(one) && isSchemaObject(other)) return mergeSchemas(one, other, lose);
  if (one === false || other === false) return false;
  return isSchemaObject(one) ? one : other;
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
