import { isSchemaObject } from "../schema/is-schema-object.ts";

/** What is under these is a value, and no schema. */
const VALUES = new Set(["const", "enum", "default", "examples"]);
/** What is under these are schemas by their names. */
const NAMED = new Set(["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"]);

/**
 * A schema whose references into itself lead to the same place after it was put into another one.
 *
 * @param place Where it is put, from the other's root: `/properties/a`.
 */
export function rebaseRefs(schema: unknown, place: string): unknown {
  if (Array.isArray(schema)) return schema.map((one) => rebaseRefs(one, place));
  if (!isSchemaObject(schema)) return schema;
  return mapValues(schema, (value, key) => {
    if (key === "$ref" && typeof value === "string") return value.replace(/^#(?=\/|$)/, `#${place}`);
    if (VALUES.has(key)) return value;
    if (NAMED.has(key) && isSchemaObject(value)) return mapValues(value, (one) => rebaseRefs(one, place));
    return rebaseRefs(value, place);
  });
}

const mapValues = (all: object, map: (value: unknown, key: string) => unknown) =>
  Object.fromEntries(Object.entries(all).map(([key, value]) => [key, map(value, key)]));
