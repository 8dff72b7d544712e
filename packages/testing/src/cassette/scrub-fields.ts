import type { Json, JsonObject } from "@catenary/core";
import { isRecord } from "../is-record.ts";
import { rewriteJson } from "./embedded-json.ts";
import { isSecretName } from "./secret-name.ts";
import { SCRUBBED } from "./secret-text.ts";
import { BYTES, decodeBytes, encodeBytes, isMarked } from "./to-json.ts";

type ScrubText = (text: string) => string;

/** Takes the secrets out of every text of a value, and whatever stands in a field whose name is that of a secret. */
export function scrubFields(json: Json, scrubText: ScrubText): Json {
  const scrub = (value: Json) => scrubFields(value, scrubText);
  if (typeof json === "string") return settled(json, (text) => scrubText(rewriteJson(text, scrub)));
  if (Array.isArray(json)) return scrubList(json, scrubText);
  if (!isObject(json)) return json;
  const bytes = json[BYTES];
  if (isMarked(json) && typeof bytes === "string") return { [BYTES]: scrubBytes(bytes, scrub, scrubText) };
  return Object.fromEntries(
    Object.entries(json).map(([name, member]) => [scrubText(name), scrubMember(json, name, member, scrubText)]),
  );
}

/** What was taken out may make the text around it look like something else: so a text that was scrubbed stays as it is. */
function settled(text: string, scrub: ScrubText): string {
  let clean = scrub(text);
  for (let before = text, passes = 1; clean !== before && passes < MOST_PASSES; passes++) {
    before = clean;
    clean = scrub(before);
  }
  return clean;
}

const MOST_PASSES = 10;

function scrubMember(of: JsonObject, name: string, member: Json, scrubText: ScrubText): Json {
  if (isSecretMember(of, name)) return blank(member, scrubText);
  if (SCHEMA_MAPS.has(name) && isObject(member)) return scrubSchemas(member, scrubText);
  if (HEADERS.test(name) && Array.isArray(member) && !member.every(isPair)) return scrubRawHeaders(member, scrubText);
  return scrubFields(member, scrubText);
}

function isSecretMember(of: JsonObject, name: string): boolean {
  // Not a piece of text that a model wrote, with how likely it was.
  if (isSecretName(name)) return !("logprob" in of);
  // A header or a variable as `{ name, value }`.
  if (name !== "value" && name !== "values") return false;
  return NAMES.some((member) => typeof of[member] === "string" && isSecretName(of[member]));
}

const NAMES = ["name", "key", "header", "field"] as const;
const HEADERS = /headers$/i;

/** Where names are those of fields that are described: the maps of a JSON Schema. */
const SCHEMA_MAPS: ReadonlySet<string> = new Set([
  "properties",
  "$defs",
  "definitions",
  "patternProperties",
  "dependentSchemas",
]);

const SCHEMA_WORDS = ["type", "$ref", "enum", "const", "anyOf", "oneOf", "allOf"] as const;

/** What a schema has of the values that it describes. */
const SAMPLES: ReadonlySet<string> = new Set(["default", "const", "enum", "examples", "example"]);

/** The description of a password is none, but what it gives as an example may be one. */
function scrubSchemas(schemas: JsonObject, scrubText: ScrubText): JsonObject {
  const entries = Object.entries(schemas).map(([name, schema]): [string, Json] => {
    const isSchema = isObject(schema) && SCHEMA_WORDS.some((word) => word in schema);
    if (!isSchema) return [scrubText(name), scrubMember(schemas, name, schema, scrubText)];
    if (!isSecretName(name)) return [scrubText(name), scrubFields(schema, scrubText)];
    const words = Object.entries(schema).map(([word, value]): [string, Json] => [
      word,
      SAMPLES.has(word) ? blank(value, scrubText) : value,
    ]);
    return [scrubText(name), scrubFields(Object.fromEntries(words), scrubText)];
  });
  return Object.fromEntries(entries);
}

/** Headers may be pairs of a name and a value. */
function scrubList(list: readonly Json[], scrubText: ScrubText): Json {
  return list.every(isPair)
    ? list.map((pair) => scrubRawHeaders(pair, scrubText))
    : list.map((item) => scrubFields(item, scrubText));
}

function isPair(json: Json): json is readonly [string, Json] {
  return Array.isArray(json) && json.length === 2 && typeof json[0] === "string";
}

/** Names and values that take turns. */
function scrubRawHeaders(list: readonly Json[], scrubText: ScrubText): Json {
  return list.map((item, place) => {
    const name = place % 2 === 1 ? list[place - 1] : undefined;
    return typeof name === "string" && isSecretName(name) ? blank(item, scrubText) : scrubFields(item, scrubText);
  });
}

/** Whatever says something is taken out; what has parts keeps its shape. */
function blank(json: Json, scrubText: ScrubText): Json {
  if (json === null || typeof json === "boolean") return json;
  if (Array.isArray(json)) return json.map((item) => blank(item, scrubText));
  if (!isObject(json) || isMarked(json)) return SCRUBBED;
  return Object.fromEntries(Object.entries(json).map(([name, member]) => [scrubText(name), blank(member, scrubText)]));
}

/** As a text where they are one, else byte by byte. */
function scrubBytes(base64: string, scrub: (json: Json) => Json, scrubText: ScrubText): string {
  const bytes = decodeBytes(base64);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const clean = scrub(text);
    return clean === text ? base64 : encodeBytes(new TextEncoder().encode(String(clean)));
  } catch {
    return btoa(scrubText(atob(base64)));
  }
}

function isObject(json: Json): json is JsonObject {
  return isRecord(json);
}
