import type { JsonObject } from "@catenary/core";
import { alternativesOf } from "./alternatives.ts";
import { isSchemaObject } from "./is-schema-object.ts";

/**
 * A call's input without the properties that are null because they were left out, on every level. A null that the schema allows
 * stays.
 */
export function dropAbsent(input: unknown, schema: unknown): unknown {
  return drop(input, [schema], schema);
}

/** @param schemas One of which it satisfies. */
function drop(input: unknown, schemas: readonly unknown[], root: unknown): unknown {
  const ways = schemas.filter(isSchemaObject).flatMap((schema) => alternativesOf(schema, root, ""));
  if (Array.isArray(input)) {
    return input.map((item, at) =>
      drop(
        item,
        ways.map(({ prefixItems, items }) => (Array.isArray(prefixItems) ? (prefixItems[at] ?? items) : items)),
        root,
      ),
    );
  }
  if (!isSchemaObject(input)) return input;
  const fitting = ways.filter((way) => isMeant(way, input, root));
  return Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) => {
      const schemasOf = fitting.flatMap((way) => propertyOf(way, name));
      return value === null && isAbsent(name, fitting, root) ? [] : [[name, drop(value, schemasOf, root)]];
    }),
  );
}

/** The schema that a way to satisfy an object's has for one of its properties. */
function propertyOf({ properties, additionalProperties }: JsonObject, name: string): readonly unknown[] {
  if (isSchemaObject(properties) && Object.hasOwn(properties, name)) return [properties[name]];
  return additionalProperties === undefined ? [] : [additionalProperties];
}

/** Whether a null was written for a property that was left out: some way has it as optional, and none allows it to be null. */
function isAbsent(name: string, ways: readonly JsonObject[], root: unknown): boolean {
  const named = ways.filter(({ properties }) => isSchemaObject(properties) && Object.hasOwn(properties, name));
  const isOptional = named.some(({ required }) => !(Array.isArray(required) && required.includes(name)));
  return isOptional && !named.some((way) => propertyOf(way, name).some((schema) => allows(schema, null, root)));
}

/** Whether the words and types of a schema allow a value that is no object and no list. */
function allows(schema: unknown, value: string | number | boolean | null, root: unknown): boolean {
  if (!isSchemaObject(schema)) return schema !== false;
  return alternativesOf(schema, root, "").some((way) => {
    if (way.const !== undefined) return way.const === value;
    if (Array.isArray(way.enum)) return way.enum.includes(value);
    // Of what has properties an object is written, though strictly it might be anything.
    if (way.type === undefined) return way.properties === undefined;
    const types = Array.isArray(way.type) ? way.type : [way.type];
    return (
      types.includes(value === null ? "null" : typeof value) || (typeof value === "number" && types.includes("integer"))
    );
  });
}

/** Whether the words in an object are those of one way to satisfy its schema: choices are told apart by them. */
function isMeant({ properties }: JsonObject, input: JsonObject, root: unknown): boolean {
  if (!isSchemaObject(properties)) return true;
  return Object.entries(properties).every(([name, schema]) => {
    const value = input[name];
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return true;
    return allows(schema, value, root);
  });
}
