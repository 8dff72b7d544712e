import type { Field } from "./field.ts";
import { findPassage } from "./find-passage.ts";
import { type JsonSchema, numberIn, stringIn } from "./json-schema.ts";
import { samplePattern } from "./sample-pattern.ts";
import { atMost, summarise } from "./summarise.ts";
import { writeReply } from "./write-reply.ts";

/** A string from the text that suits the field's format, name and limits; undefined where the text has none. */
export function fillString(field: Field): string | undefined {
  const { schema } = field;
  const format = stringIn(schema, "format");
  const candidates = format !== undefined && format in FORMATS ? byFormat(field, format) : byName(field);
  return candidates.map((text) => fitString(text, schema)).find((text) => text !== undefined);
}

/** A string that the schema allows and that says nothing. */
export function fallbackString(schema: JsonSchema): string {
  const format = FORMATS[stringIn(schema, "format") ?? ""];
  const pattern = stringIn(schema, "pattern");
  const { least, most } = lengths(schema);
  const sampled = pattern === undefined ? undefined : samplePattern(pattern, least);
  const blank = most >= "unknown".length && least > 0 ? "unknown" : "";
  return sampled ?? format?.fallback ?? fitString(blank, schema) ?? blank;
}

/** The text within the schema's lengths, or undefined where it cannot be brought there or its pattern or format forbids it. */
export function fitString(text: string, schema: JsonSchema): string | undefined {
  const { least, most } = lengths(schema);
  const format = FORMATS[stringIn(schema, "format") ?? ""];
  let fitted = text;
  // Some count characters, some UTF-16 units: what is cut by units and filled by characters suits both.
  while (fitted.length > most) fitted = [...fitted].slice(0, Math.min([...fitted].length - 1, most)).join("");
  const missing = least - [...fitted].length;
  if (missing > 0) fitted += ".".repeat(missing);
  if (fitted.length > most || (format !== undefined && !format.test.test(fitted))) return undefined;
  const pattern = stringIn(schema, "pattern");
  return pattern === undefined || matches(pattern, fitted) ? fitted : undefined;
}

function lengths(schema: JsonSchema): { readonly least: number; readonly most: number } {
  const least = numberIn(schema, "minLength") ?? 0;
  // Nobody wants a string of a million characters, whatever the schema demands.
  return { least: Math.min(least, 100_000), most: numberIn(schema, "maxLength") ?? Number.POSITIVE_INFINITY };
}

/** Some read a pattern by characters (`u`), some by UTF-16 units; what matches either way suits both. */
function matches(pattern: string, text: string): boolean {
  return ["u", ""].every((flags) => {
    try {
      return new RegExp(pattern, flags).test(text);
    } catch {
      return true;
    }
  });
}

const FORMATS: Readonly<Record<string, { readonly test: RegExp; readonly fallback: string }>> = {
  email: {
    test: /^[\w+-]+(?:\.[\w+-]+)*@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/i,
    fallback: "nobody@example.com",
  },
  uri: { test: /^https?:\/\/[a-z\d]/i, fallback: "https://example.com" },
  url: { test: /^https?:\/\/[a-z\d]/i, fallback: "https://example.com" },
  date: { test: /^\d{4}-\d{2}-\d{2}$/, fallback: "1970-01-01" },
  "date-time": { test: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, fallback: "1970-01-01T00:00:00Z" },
  time: { test: /^\d{2}:\d{2}:\d{2}$/, fallback: "00:00:00" },
  duration: { test: /^PT?\d/, fallback: "PT0S" },
  uuid: { test: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, fallback: "00000000-0000-4000-8000-000000000000" },
  ipv4: { test: /^(?:\d{1,3}\.){3}\d{1,3}$/, fallback: "127.0.0.1" },
  ipv6: { test: /^[\da-f:]+$/i, fallback: "::1" },
  hostname: { test: /^[a-z\d.-]+$/i, fallback: "example.com" },
};

function byFormat({ source: { facts, text } }: Field, format: string): readonly string[] {
  if (format === "email") return facts.emails;
  if (format === "uri" || format === "url") return facts.urls;
  if (format === "date") return facts.dates;
  if (format === "date-time") return facts.dates.map((date) => `${date}T00:00:00Z`);
  if (format !== "uuid") return [];
  return text.match(/\b[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}\b/gi) ?? [];
}

function byName(field: Field): readonly string[] {
  const { name, question, source } = field;
  const { facts, text, reading } = source;
  const asked = name === "" ? question : name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_-]+/g, " ");
  const is = (pattern: RegExp) => pattern.test(asked);
  if (is(/\be-?mail\b/i)) return facts.emails;
  if (is(/\b(?:url|uri|link|website)\b/i)) return facts.urls;
  if (is(/\b(?:phone|mobile|telephone)\b/i)) return facts.phones;
  if (is(/\b(?:date|deadline|when|day)\b/i)) return facts.dates;
  if (is(/\bcurrency\b/i)) return facts.amounts.map(({ currency }) => currency);
  if (is(/\b(?:amount|price|cost|total)\b/i)) return facts.amounts.map(({ value, currency }) => `${value} ${currency}`);
  if (is(/\b(?:id|number|reference|ref|order|ticket|invoice|sku|tracking)\b/i))
    return [...facts.ids, ...valueBehind(asked, text)];
  if (is(/\b(?:name|customer|sender|author|person|user|from)\b/i)) return [...facts.names, ...valueBehind(asked, text)];
  if (is(/\blanguage\b/i)) return ["en"];
  if (is(/\b(?:reply|response|email body)\b/i)) return [writeReply(text)];
  if (is(/\banswer\b/i)) return [findPassage(reading.instruction, text) ?? summarise(text, 1)];
  if (is(/\b(?:title|subject|topic|headline)\b/i)) return [atMost(summarise(text, 1), 8)];
  if (is(/\b(?:query|question|text|input|content|body|message|prompt)\b/i)) return [text.trim()];
  if (name === "" || is(SUMMARY)) return [summarise(text, 2)];
  if (is(/\b(?:city|place|location|country|town|product|company|destination|where)\b/i)) {
    return [...valueBehind(asked, text), ...facts.properNouns];
  }
  return valueBehind(asked, text);
}

const SUMMARY =
  /\b(?:summary|description|reason|issue|problem|explanation|comment|notes?|details?|rationale|reasoning|thought|gist|about)\b/i;

/** What stands behind the field's name in the text, as in `size: XL` or `colour is "red"`. */
function valueBehind(asked: string, text: string): string[] {
  if (asked === "" || asked.length > 60) return [];
  const name = asked.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = new RegExp(
    `(?<![\\p{L}\\p{N}])${name} ?(?:is|was|=|:)? ?(?:"([^"]{1,200})"|([^\\s,;]{1,100}))`,
    "iu",
  ).exec(text);
  const value = found?.[1] ?? found?.[2]?.replace(/[.!?]+$/, "");
  return value === undefined || value === "" ? [] : [value];
}
