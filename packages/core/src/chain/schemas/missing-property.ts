import type { PathStep, ReadPath } from "../../template/find-paths.ts";
import { isJsonObject, type Json, type JsonObject } from "../../value/json.ts";
import { suggest } from "../../value/suggest.ts";

/** A property that a way through a value comes to and its schema does not have. */
export interface MissingProperty {
  /** The way to what should have it. */
  readonly owner: ReadPath;
  readonly name: string;
  /** The properties that are there instead. */
  readonly known: readonly string[];
  /** The one that was probably meant. */
  readonly suggestion?: string;
}

/**
 * The first property on a way that no value of a schema has. JSON Schema allows properties that it does not name unless it says so:
 * then one is only missing where `isAsked`, because the value is made from the schema alone, or where a named one is nearly the same. Says
 * nothing where it is not certain.
 */
export function missingProperty(schema: JsonObject, way: ReadPath, isAsked: boolean): MissingProperty | undefined {
  let place: Json = schema;
  for (const [index, step] of way.entries()) {
    const next: Part =
      typeof step === "number" ? elementOf(place) : propertyOf(place, step, { root: schema, depth: 0 });
    if (next.is === "open") return undefined;
    if (next.is === "missing") return missing(way.slice(0, index), step, next, isAsked);
    place = next.schema;
  }
  return undefined;
}

type Part =
  | { readonly is: "known"; readonly schema: Json }
  /** There is nothing of that name; others are there. `isClosed`: and nothing else. */
  | { readonly is: "missing"; readonly known: readonly string[]; readonly isClosed: boolean }
  /** It cannot be told. */
  | { readonly is: "open" };

const OPEN: Part = { is: "open" };

function missing(
  owner: ReadPath,
  step: PathStep,
  { known, isClosed }: Extract<Part, { is: "missing" }>,
  isAsked: boolean,
): MissingProperty | undefined {
  const name = String(step);
  const suggestion = suggest(name, known);
  if (!isClosed && !isAsked && suggestion === undefined) return undefined;
  return { owner, name, known, ...(suggestion !== undefined && { suggestion }) };
}

function elementOf(schema: Json): Part {
  if (!isJsonObject(schema) || schema.prefixItems !== undefined || !isJsonObject(schema.items)) return OPEN;
  return { is: "known", schema: schema.items };
}

/** Where a schema stands: references are read in its root, and those that lead to each other for ever are given up. */
interface Within {
  readonly root: JsonObject;
  readonly depth: number;
}

const DEEPEST = 20;

function propertyOf(schema: Json, name: string, { root, depth }: Within): Part {
  if (!isJsonObject(schema) || depth > DEEPEST) return OPEN;
  const inside = { root, depth: depth + 1 };
  if (typeof schema.$ref === "string") return propertyOf(definitionOf(schema.$ref, root), name, inside);
  const { properties } = schema;
  if (isJsonObject(properties) && Object.hasOwn(properties, name))
    return { is: "known", schema: properties[name] ?? true };
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives))
    return amongAlternatives(alternatives.map((each: Json) => propertyOf(each, name, inside)));
  if (saysMore(schema)) return OPEN;
  if (!mayBeObject(schema)) return { is: "missing", known: [], isClosed: true };
  return { is: "missing", known: isJsonObject(properties) ? Object.keys(properties) : [], isClosed: isClosed(schema) };
}

/** Only references to the schema itself and to its definitions are followed. */
function definitionOf(reference: string, root: JsonObject): Json {
  if (reference === "#") return root;
  const [, name = ""] = /^#\/(?:\$defs|definitions)\/([^/~%]+)$/.exec(reference) ?? [];
  const found = [root.$defs, root.definitions].find((group) => isJsonObject(group) && Object.hasOwn(group, name));
  return isJsonObject(found) ? (found[name] ?? true) : true;
}

/** Missing is what none of them has. Which of several has it is not followed further. */
function amongAlternatives(parts: readonly Part[]): Part {
  const missing = parts.flatMap((part) => (part.is === "missing" ? [part] : []));
  if (missing.length < parts.length) return OPEN;
  const known = [...new Set(missing.flatMap((part) => part.known))];
  return { is: "missing", known, isClosed: missing.every((part) => part.isClosed) };
}

/** Keywords that may bring further properties. */
function saysMore(schema: JsonObject): boolean {
  const { additionalProperties, unevaluatedProperties } = schema;
  const opens = [additionalProperties, unevaluatedProperties].some((more) => more !== undefined && more !== false);
  return (
    opens ||
    ["allOf", "if", "patternProperties", "dependentSchemas", "not", "const", "enum"].some(
      (keyword) => schema[keyword] !== undefined,
    )
  );
}

function isClosed({ additionalProperties, unevaluatedProperties, properties }: JsonObject): boolean {
  return additionalProperties === false || (unevaluatedProperties === false && properties !== undefined);
}

function mayBeObject({ type }: JsonObject): boolean {
  return type === undefined || type === "object" || (Array.isArray(type) && type.includes("object"));
}
