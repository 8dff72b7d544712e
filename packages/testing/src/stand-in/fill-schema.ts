import type { Json } from "@catenary/core";
import { chooseLabel, seemsTrue } from "./choose-label.ts";
import { readFacts } from "./facts.ts";
import { type Field, type Source, toField } from "./field.ts";
import { fillArray } from "./fill-array.ts";
import { fallbackNumber, fillNumber } from "./fill-number.ts";
import { fallbackString, fillString } from "./fill-string.ts";
import {
  flatten,
  isObject,
  type JsonSchema,
  merge,
  schemasIn,
  stringIn,
  toJson,
  toSchema,
  typesOf,
} from "./json-schema.ts";
import { type Reading, subjectOf } from "./read-prompt.ts";

/**
 * A value of this JSON Schema, filled from the text. What the text does not tell is left out where the schema allows, else null,
 * else something empty. Not read: `not`, `if`, `patternProperties`, `propertyNames`, `contains`, `dependentSchemas`, `minProperties`.
 */
export function fillSchema(schema: unknown, reading: Reading): Json {
  const text = subjectOf(reading);
  const root = toSchema(schema);
  const source: Source = { reading, text, facts: readFacts(text), root };
  return fill(toField("", root, source, 0));
}

/** Deeper than this, only what must be there is filled. */
const DEEPEST = 6;
/** A schema that demands itself without end gets no further than this. */
const BOTTOM = 24;

/** A value for the field, in any case. */
function fill(field: Field): Json {
  return find(field) ?? fallback(field);
}

/** A value that the text gives a reason for; undefined where there is none. */
function find(field: Field): Json | undefined {
  const { schema, source } = field;
  if (field.depth > BOTTOM) return undefined;
  if ("const" in schema) return toJson(schema.const);
  if (Array.isArray(schema.enum)) return chooseValue(schema.enum, field);
  const alternative = chooseAlternative(field);
  if (alternative !== undefined) return find(alternative);
  const types = typesOf(schema);
  for (const type of types) {
    const found = findOfType(type, field);
    if (found !== undefined) return found;
  }
  return types.includes("null") ? null : undefined;

  function findOfType(type: string, { question }: Field): Json | undefined {
    if (type === "string") return fillString(field);
    if (type === "number" || type === "integer") return fillNumber(field, type);
    if (type === "boolean") return seemsTrue(question, source.text);
    if (type === "array") return fillArray(field, { fill, find });
    return type === "object" ? fillObject(field) : undefined;
  }
}

function fallback(field: Field): Json {
  const { schema } = field;
  const alternative = field.depth > BOTTOM ? undefined : chooseAlternative(field);
  if (alternative !== undefined) return fallback(alternative);
  const types = typesOf(schema);
  if (types.includes("null")) return null;
  const [type] = types;
  if (type === "string") return fallbackString(schema);
  if (type === "number" || type === "integer") return fallbackNumber(schema, type);
  if (type === "boolean") return false;
  if (type === "array") return [];
  return type === "object" ? {} : null;
}

function chooseValue(values: readonly unknown[], { source, question, schema }: Field): Json | undefined {
  if (values.length === 0) return undefined;
  const texts = values.map((value) => (typeof value === "string" ? value : (JSON.stringify(value) ?? "null")));
  const spoken = source.reading.instruction === "" ? question : `${source.reading.instruction}\n${question}`;
  const labels = texts.map((label) => ({ label, description: "" }));
  const chosen = chooseLabel(labels, { ...source.reading, instruction: spoken, material: source.text });
  const at = texts.indexOf(chosen);
  return toJson(values[at] ?? (schema.default === undefined ? values[0] : schema.default));
}

/** One of `oneOf` or `anyOf`, merged with what stands beside them. */
function chooseAlternative(field: Field): Field | undefined {
  const { schema, source, name, depth } = field;
  const { oneOf, anyOf, ...rest } = schema;
  const alternatives = schemasIn(oneOf ?? anyOf).map((alternative) => flatten(alternative, source.root));
  if (alternatives.length === 0) return undefined;
  const merged = alternatives.map((alternative) => toField(name, merge(rest, alternative), source, depth + 1));
  const values = merged.filter((one) => !isNull(one.schema));
  const constants = alternatives.every((one) => "const" in one || Array.isArray(one.enum));
  if (values.length > 1 || constants) {
    const chosen = chooseLabel(
      merged.map((one, at) => ({ label: `choice ${at}`, description: wordsOf(one.schema) })),
      { ...source.reading, instruction: "", examples: [], material: source.text },
    );
    const one = merged[Number(chosen.slice("choice ".length))];
    if (one !== undefined && (constants || !isNull(one.schema))) return one;
  }
  const [first] = values;
  if (first === undefined) return merged[0];
  // A text that says nothing about a value that may be null leaves it null.
  const nothing = merged.find((one) => isNull(one.schema));
  return nothing !== undefined && find(first) === undefined ? nothing : first;
}

function isNull(schema: JsonSchema): boolean {
  return schema.const === null || schema.type === "null";
}

/** What a schema says about itself: title, description and the constants in it. */
function wordsOf(schema: JsonSchema): string {
  const properties = isObject(schema.properties) ? Object.values(schema.properties).map(toSchema) : [];
  const constants = [schema, ...properties].map((one) => stringIn(one, "const") ?? "");
  return [stringIn(schema, "title"), stringIn(schema, "description"), ...constants].filter(Boolean).join(" ");
}

function fillObject({ schema, source, depth }: Field): Json | undefined {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = new Set(
    Array.isArray(schema.required) ? schema.required.filter((key) => typeof key === "string") : [],
  );
  const entries: [string, Json][] = [];
  let told = false;
  for (const key of new Set([...Object.keys(properties), ...required])) {
    if (depth >= DEEPEST && !required.has(key)) continue;
    const property = Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties;
    const field = toField(key, property, source, depth + 1);
    const found = find(field);
    told ||= found !== undefined && found !== null;
    if (found !== undefined) entries.push([key, found]);
    else if (required.has(key)) entries.push([key, fallback(field)]);
  }
  // Without prototype tricks: a property may be called __proto__.
  const object = Object.fromEntries(entries);
  return told || depth === 0 || required.size > 0 ? object : undefined;
}
