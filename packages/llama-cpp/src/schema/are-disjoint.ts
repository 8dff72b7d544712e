import type { JsonObject } from "@catenary/core";
import { isSchemaObject } from "./is-schema-object.ts";
import { resolveRef } from "./resolve-ref.ts";

const DEEPEST = 4;

/** Whether it is plain that no value fits two of these schemas: by its type, or by a word that tells them apart. */
export function areDisjoint(schemas: readonly unknown[], root: unknown): boolean {
  const known = schemas.filter((schema) => schema !== false).map((schema) => followed(schema, root));
  return known.every((one, at) => known.slice(at + 1).every((other) => cannotBoth(one, other, root, DEEPEST)));
}

function followed(schema: unknown, root: unknown): unknown {
  return isSchemaObject(schema) && schema.$ref !== undefined ? resolveRef(root, schema.$ref, "") : schema;
}

/** @param depth How far properties are looked into: a schema may speak of itself. */
function cannotBoth(one: unknown, other: unknown, root: unknown, depth: number): boolean {
  if (one === false || other === false) return true;
  if (!isSchemaObject(one) || !isSchemaObject(other)) return false;
  const [types, otherTypes] = [typesIn(one), typesIn(other)];
  if (types !== undefined && otherTypes !== undefined && !types.some((type) => otherTypes.includes(type))) return true;
  const [words, otherWords] = [wordsIn(one), wordsIn(other)];
  if (words !== undefined && otherWords !== undefined) return !words.some((word) => otherWords.includes(word));
  if (depth === 0) return false;
  const names = requiredIn(one).filter((name) => requiredIn(other).includes(name));
  return names.some((name) => cannotBoth(propertyOf(one, name, root), propertyOf(other, name, root), root, depth - 1));
}

/** As names of types; an integer is a number. */
function typesIn({ type, ...schema }: JsonObject): readonly unknown[] | undefined {
  if (type === undefined) {
    const words = wordsIn(schema)?.map((word) => JSON.parse(word));
    return words?.map((word) => (word === null ? "null" : Array.isArray(word) ? "array" : typeof word));
  }
  return (Array.isArray(type) ? type : [type]).map((one) => (one === "integer" ? "number" : one));
}

function wordsIn(schema: JsonObject): readonly string[] | undefined {
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  return Array.isArray(schema.enum) ? schema.enum.map((word) => JSON.stringify(word)) : undefined;
}

const requiredIn = ({ required }: JsonObject) => (Array.isArray(required) ? required : []);

function propertyOf({ properties }: JsonObject, name: unknown, root: unknown): unknown {
  if (!isSchemaObject(properties) || typeof name !== "string" || !Object.hasOwn(properties, name)) return true;
  return followed(properties[name], root);
}
