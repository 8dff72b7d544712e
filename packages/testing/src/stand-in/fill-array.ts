import type { Json } from "@catenary/core";
import { type Field, toField } from "./field.ts";
import { withinBounds } from "./fill-number.ts";
import { fitString } from "./fill-string.ts";
import { type JsonSchema, numberIn, schemasIn, typesOf } from "./json-schema.ts";
import { splitSentences } from "./split-sentences.ts";
import { keywords } from "./summarise.ts";
import { overlap, stems } from "./words.ts";

/** How the items are filled. */
export interface Filling {
  /** A value in any case. */
  readonly fill: (field: Field) => Json;
  /** A value that the text gives a reason for. */
  readonly find: (field: Field) => Json | undefined;
}

/** An array of what the text has; undefined where it has nothing and the array may be left out. */
export function fillArray(field: Field, filling: Filling): Json | undefined {
  const { schema, source, name, depth } = field;
  const least = Math.min(numberIn(schema, "minItems") ?? 0, 1_000);
  const most = numberIn(schema, "maxItems") ?? Number.POSITIVE_INFINITY;
  const tuple = schemasIn(schema.prefixItems ?? schema.items);
  const items: Json[] = tuple.slice(0, most).map((item) => filling.fill(toField(name, item, source, depth + 1)));
  const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
  const item = toField(name, rest, source, depth + 1);
  if (rest !== false) {
    const wanted = tuple.length > 0 && rest === undefined ? [] : findItems(field, item, filling);
    items.push(...wanted.slice(0, Math.max(0, most - items.length)));
    for (let extra = 0; items.length < least; extra++) items.push(another(item, extra, filling));
  }
  const kept = schema.uniqueItems === true ? distinct(items, least, item, filling) : items;
  return kept.length > 0 ? kept : undefined;
}

/** Every value that the text has for items of this kind. */
function findItems(field: Field, item: Field, { find }: Filling): readonly Json[] {
  const { schema, source } = item;
  if (Array.isArray(schema.enum)) return matchingValues(schema.enum, source.text);
  const [type] = typesOf(schema);
  const isPlain = !["anyOf", "oneOf", "const"].some((keyword) => keyword in schema);
  if (!isPlain || type === "object" || type === "array") {
    const found = item.depth > 6 ? undefined : find(item);
    return found === undefined ? [] : [found];
  }
  const isNumber = type === "number" || type === "integer";
  const values = type === "string" ? findStrings(field) : isNumber ? source.facts.numbers : [];
  return values.filter((value) => suits(value, item.schema));
}

function findStrings({ question, source: { facts, text } }: Field): readonly string[] {
  if (/\be-?mails?\b/i.test(question)) return facts.emails;
  if (/\b(?:urls?|links?)\b/i.test(question)) return facts.urls;
  if (/\bdates?\b/i.test(question)) return facts.dates;
  if (/\b(?:ids?|orders?|tickets?|invoices?|numbers)\b/i.test(question)) return facts.ids;
  if (/\b(?:names?|people|persons|customers)\b/i.test(question)) return [...facts.names, ...facts.properNouns];
  if (/\b(?:places|cities|products|entities|locations|countries|companies)\b/i.test(question)) return facts.properNouns;
  if (/\b(?:sentences|points|steps|facts|highlights|issues|problems)\b/i.test(question)) {
    return splitSentences(text).slice(0, 3);
  }
  return keywords(text, 3);
}

function matchingValues(values: readonly unknown[], text: string): readonly Json[] {
  const inText = new Set(stems(text));
  return values.filter((value): value is string => typeof value === "string" && overlap(stems(value), inText) > 0);
}

/** Whether the value obeys the limits of the items; what does not is left out, not bent. */
function suits(value: string | number, schema: JsonSchema): boolean {
  if (typeof value === "string") return fitString(value, schema) === value;
  return withinBounds(value, schema, typesOf(schema)[0] === "integer" ? "integer" : "number") === value;
}

/** One more item where the array must have more than the text gives. */
function another(item: Field, extra: number, { fill }: Filling): Json {
  const values = item.schema.enum;
  if (Array.isArray(values) && values.length > 0) {
    const value: unknown = values[extra % values.length];
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
  }
  return fill(item);
}

function distinct(items: readonly Json[], least: number, item: Field, filling: Filling): Json[] {
  const seen = new Map(items.map((value) => [JSON.stringify(value), value]));
  for (let extra = 0; seen.size < least && extra < least + 50; extra++) {
    const value = varied(another(item, extra, filling), extra + 1, item);
    seen.set(JSON.stringify(value), value);
  }
  return [...seen.values()];
}

function varied(value: Json, by: number, { schema }: Field): Json {
  if (Array.isArray(schema.enum)) return value;
  if (typeof value === "string") return fitString(`${by}${value}`, schema) ?? value;
  // Up and down by turns, because the value may stand at either bound.
  const moved = by % 2 === 1 ? (by + 1) / 2 : -by / 2;
  if (typeof value === "number")
    return withinBounds(value + moved, schema, typesOf(schema)[0] === "integer" ? "integer" : "number");
  return typeof value === "boolean" ? by % 2 === 0 : value;
}
