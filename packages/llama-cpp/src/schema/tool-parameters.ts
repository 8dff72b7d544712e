import type { JsonObject } from "@catenary/core";
import type { ChatModelFunctions } from "node-llama-cpp";
import { alternativesOf } from "./alternatives.ts";
import { isSchemaObject } from "./is-schema-object.ts";
import { SchemaError } from "./schema-error.ts";
import { UNHELD } from "./unheld.ts";

type Parameters = NonNullable<ChatModelFunctions[string]["params"]>;
type Value = JsonObject[string];

/** Where a part of a schema stands, and who is told of what is not held there. */
interface Place {
  readonly root: unknown;
  readonly path: string;
  readonly depth: number;
  readonly skip: (path: string, keyword: string) => void;
}

/** How deep a schema that speaks of itself is followed. */
const DEEPEST = 8;
const FORMATS: readonly unknown[] = ["date", "time", "date-time"];
/** Anything: the library takes a schema without keywords for one that allows only null. */
const ANYTHING: JsonObject = { type: ["string", "number", "boolean", "null"] };

/** What the library holds of each type, and what it does not. */
const KEYWORDS: Readonly<Record<string, { readonly held: readonly string[]; readonly lost: readonly string[] }>> = {
  string: { held: ["minLength", "maxLength"], lost: ["pattern", "format"] },
  number: { held: [], lost: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] },
  integer: { held: [], lost: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] },
  array: { held: ["minItems", "maxItems"], lost: [] },
  object: { held: [], lost: ["minProperties", "maxProperties"] },
};
const ALL_LOST = [...new Set(Object.values(KEYWORDS).flatMap(({ held, lost }) => [...held, ...lost]))];

/**
 * The schema of a tool's input in the library's own dialect, in which it writes calls. The library has every property written; so
 * one that is not required may be null here, which `dropAbsent` takes away again.
 *
 * @param path Where the schema stands, for errors.
 * @param skip Told of what the schema asks for and the dialect has no word for.
 * @throws SchemaError where a reference leads nowhere, or nothing satisfies the schema.
 */
export function toolParameters(
  schema: unknown,
  path = "",
  skip: (path: string, keyword: string) => void = () => {},
): Parameters | undefined {
  const converted = convertOrThrow(schema, { root: schema, path, depth: 0, skip });
  const isEmpty = converted.type === "object" && Object.keys(converted.properties ?? {}).length === 0;
  // Safe: made of the keywords of that dialect alone.
  return isEmpty ? undefined : (converted as unknown as Parameters);
}

function convertOrThrow(part: unknown, place: Place): JsonObject {
  const converted = convert(part, place);
  if (converted === undefined) throw new SchemaError(place.path, "allows nothing");
  return converted;
}

/** Undefined where nothing satisfies the part. */
function convert(part: unknown, place: Place): JsonObject | undefined {
  if (part === false) return undefined;
  if (!isSchemaObject(part)) return ANYTHING;
  if (place.depth > DEEPEST) {
    place.skip(place.path, "what lies deeper");
    return ANYTHING;
  }
  const { description, ...rest } = part;
  const told = typeof description === "string" ? { description } : {};
  const ways = alternativesOf(rest, place.root, place.path)
    .flatMap(byType)
    .filter((way) => wordsOf(way)?.length !== 0);
  const [first, ...others] = ways.map((way) => inDialect(way, place));
  if (first === undefined) return undefined;
  return others.length === 0 ? { ...first, ...told } : { oneOf: [first, ...others], ...told };
}

/** Of several types those with parts have to stand alone: in a list the library knows only the simple ones. */
function byType(way: JsonObject): readonly JsonObject[] {
  const { type } = way;
  if (!Array.isArray(type) || "const" in way || "enum" in way) return [way];
  const isPlain = type.length > 1 && !type.includes("object") && !type.includes("array");
  return isPlain ? [way] : type.map((one) => ({ ...way, type: one }));
}

/** A schema without references and choices. */
function inDialect(way: JsonObject, place: Place): JsonObject {
  const lose = (keywords: readonly string[]) => {
    for (const keyword of keywords) if (keyword in way) place.skip(place.path, keyword);
  };
  lose(UNHELD);
  const told = typeof way.description === "string" ? { description: way.description } : {};
  const words = wordsOf(way);
  if (words !== undefined) {
    lose(ALL_LOST);
    return { ...(way.const === undefined ? { enum: words } : { const: way.const }), ...told };
  }
  lose(["const", "enum"]);
  const type = way.type ?? (isSchemaObject(way.properties) ? "object" : undefined);
  if (type === undefined) lose([...ALL_LOST, "items", "prefixItems", "required", "additionalProperties"]);
  if (type === undefined) return { ...ANYTHING, ...told };
  const types = (Array.isArray(type) ? type : [type]).map(String);
  const { held, lost } = KEYWORDS[types.length === 1 ? String(types[0]) : "none"] ?? { held: [], lost: ALL_LOST };
  const kept = Object.fromEntries(held.flatMap((key) => (way[key] === undefined ? [] : [[key, way[key]]])));
  if (type === "string" && FORMATS.includes(way.format)) {
    lose(["pattern", ...held]);
    return { type, format: way.format ?? null, ...told };
  }
  lose(lost);
  if (type === "object") return { type, ...membersOf(way, place), ...told };
  if (type === "array") return { type, ...kept, ...itemsOf(way, place), ...told };
  return { type, ...kept, ...told };
}

/** The words that an enum or a const allows; undefined where there are none, or some have parts. */
function wordsOf({ const: only, enum: listed, type }: JsonObject): readonly Value[] | undefined {
  const words = only !== undefined ? [only] : Array.isArray(listed) ? listed : undefined;
  if (words === undefined || words.some((word) => typeof word === "object" && word !== null)) return undefined;
  if (type === undefined) return words;
  const types = Array.isArray(type) ? type : [type];
  return words.filter(
    (word) =>
      types.includes(word === null ? "null" : typeof word) || (Number.isInteger(word) && types.includes("integer")),
  );
}

const inside = (place: Place, step: string): Place => ({
  ...place,
  path: `${place.path}/${step}`,
  depth: place.depth + 1,
});

function membersOf(way: JsonObject, place: Place): JsonObject {
  const { additionalProperties: further } = way;
  const properties: JsonObject = isSchemaObject(way.properties) ? way.properties : {};
  const required = Array.isArray(way.required) ? way.required.map(String) : [];
  const names = [...new Set([...Object.keys(properties), ...required])];
  const members = names.flatMap((name): [string, JsonObject][] => {
    const at = inside(place, `properties/${name}`);
    const schema = properties[name] ?? further;
    if (required.includes(name)) return [[name, convertOrThrow(schema, at)]];
    const converted = convert(schema, at);
    if (converted === undefined) return [];
    const { description } = converted;
    return [[name, { oneOf: [converted, { type: "null" }], ...(typeof description === "string" && { description }) }]];
  });
  return {
    properties: Object.fromEntries(members),
    ...(further === true && { additionalProperties: true }),
    ...(isSchemaObject(further) && {
      additionalProperties: convertOrThrow(further, inside(place, "additionalProperties")),
    }),
  };
}

function itemsOf({ items, prefixItems }: JsonObject, place: Place): JsonObject {
  if (!Array.isArray(prefixItems)) return { items: convertOrThrow(items, inside(place, "items")) };
  return {
    prefixItems: prefixItems.map((one, at) => convertOrThrow(one, inside(place, `prefixItems/${at}`))),
    // Without items the library has any come.
    ...(items === false ? { maxItems: prefixItems.length } : { items: convertOrThrow(items, inside(place, "items")) }),
  };
}
