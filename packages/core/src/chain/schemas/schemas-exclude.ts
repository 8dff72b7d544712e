import { isJsonObject, type Json, type JsonObject } from "../../value/json.ts";
import { canonicalJson } from "../canonical-json.ts";

/**
 * Whether no value satisfies both JSON Schemas, as far as their types, words and properties tell. Says false where it is not certain:
 * every keyword that is not looked at only allows less.
 */
export function schemasExclude(one: Json, other: Json): boolean {
  if (one === false || other === false) return true;
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const types = commonTypes(one, other);
  if (types?.length === 0 || haveOtherWords(one, other)) return true;
  if (alternativesExclude(one, other) || alternativesExclude(other, one)) return true;
  return types?.length === 1 && types[0] === "object" && propertiesExclude(one, other);
}

/** The types that a value of both can have; undefined where one of them says nothing of types. */
function commonTypes(one: JsonObject, other: JsonObject): readonly string[] | undefined {
  const first = typesOf(one);
  const second = typesOf(other);
  return first && second?.filter((type) => first.includes(type));
}

function typesOf(schema: JsonObject): readonly string[] | undefined {
  const words = wordsOf(schema);
  if (words !== undefined) return words.map(typeOf);
  if (schema.type === undefined) return undefined;
  const names: readonly Json[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  // Every whole number is a number.
  return names.flatMap((name) => (name === "number" ? ["number", "integer"] : typeof name === "string" ? [name] : []));
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** The only values that a schema allows, where it lists them. */
function wordsOf(schema: JsonObject): readonly Json[] | undefined {
  if (schema.const !== undefined) return [schema.const];
  return Array.isArray(schema.enum) ? schema.enum : undefined;
}

function haveOtherWords(one: JsonObject, other: JsonObject): boolean {
  const first = wordsOf(one)?.map(canonicalJson);
  const second = wordsOf(other)?.map(canonicalJson);
  return first !== undefined && second !== undefined && !first.some((word) => second.includes(word));
}

function alternativesExclude(one: JsonObject, other: Json): boolean {
  return [one.anyOf, one.oneOf].some(
    (alternatives) =>
      Array.isArray(alternatives) && alternatives.every((schema: Json) => schemasExclude(schema, other)),
  );
}

/** A property that one of them wants and the other does not allow, or not so. */
function propertiesExclude(one: JsonObject, other: JsonObject): boolean {
  const wanted = [one.required, other.required].flatMap((names): readonly Json[] =>
    Array.isArray(names) ? names : [],
  );
  return wanted.some(
    (name) => typeof name === "string" && schemasExclude(propertyOf(one, name), propertyOf(other, name)),
  );
}

/** What a schema says of a property; true where it says nothing. */
function propertyOf({ properties, patternProperties, additionalProperties }: JsonObject, name: string): Json {
  if (isJsonObject(properties) && Object.hasOwn(properties, name)) return properties[name] ?? true;
  return patternProperties === undefined ? (additionalProperties ?? true) : true;
}
