import type { JsonObject } from "@catenary/core";
import type { SchemaRules } from "./grammar-of.ts";
import { literal } from "./grammar-rules.ts";
import { isSchemaObject } from "./is-schema-object.ts";
import { type Member, membersOf, membersRule } from "./object-rule.ts";
import { UNHELD } from "./unheld.ts";

/** An object's beginning, which is the same in every answer, and the rule of what comes after it. */
export interface Started {
  readonly start: string;
  readonly rest: string;
}

/** With these a schema is more than an object of its properties, or is looked at when it is visited. */
const MORE = ["$ref", "allOf", "anyOf", "oneOf", "enum", "const", "minProperties", "maxProperties", ...UNHELD];

/**
 * What an answer has to begin with, as a model would write it by itself. Held by a grammar alone, a model that wants to say
 * something else writes the same letter by letter, which takes many times longer and leads it astray. Undefined where an
 * answer may begin in several ways.
 */
export function startOf(schema: unknown, made: SchemaRules): Started | undefined {
  if (!isSchemaObject(schema) || schema.type !== "object" || MORE.some((key) => key in schema)) return undefined;
  const members = membersOf(schema, "");
  let start = "{";
  for (const [at, member] of members.entries()) {
    // What may be left out begins with a choice.
    if (!member.isRequired) return at === 0 ? undefined : { start, rest: following(members.slice(at), made) };
    start += `${at === 0 ? "" : ", "}${JSON.stringify(member.name)}:`;
    const only = onlyValue(member.schema);
    if (only === undefined) return valueStart(start, member, following(members.slice(at + 1), made), made);
    start += ` ${only}`;
  }
  return members.length === 0 ? undefined : { start, rest: '"}"' };
}

/** What follows the members before. */
function following(members: readonly Member[], made: SchemaRules): string {
  return made.rules.add(`${membersRule(members, made).after} "}"`.trim());
}

/** The only value that a schema allows, as JSON; undefined where there are more. */
function onlyValue(schema: unknown): string | undefined {
  if (!isSchemaObject(schema) || MORE_THAN_WORDS.some((key) => key in schema)) return undefined;
  if (schema.const !== undefined) return isWord(schema.const) ? JSON.stringify(schema.const) : undefined;
  const { enum: words } = schema;
  return Array.isArray(words) && words.length === 1 && isWord(words[0]) ? JSON.stringify(words[0]) : undefined;
}

/** Words of another type than the schema's are found when it is visited. */
const MORE_THAN_WORDS = ["type", "$ref", "allOf", "anyOf", "oneOf"];

const isWord = (value: unknown) => typeof value === "string" || typeof value === "number" || typeof value === "boolean";

/** The first value that is open: of a text that is a word, its quote still stands before it. */
function valueStart(start: string, { schema, path }: Member, after: string, { rules, visit }: SchemaRules): Started {
  const words = isSchemaObject(schema) ? wordsOf(schema) : undefined;
  if (words === undefined) return { start, rest: `ws ${visit(schema, path)} ${after}` };
  const endings = words.map((word) => literal(JSON.stringify(word).slice(1))).join(" | ");
  return { start: `${start} "`, rest: `${rules.add(endings)} ${after}` };
}

/** The texts that a schema allows, where it allows nothing else. */
function wordsOf(schema: JsonObject): readonly string[] | undefined {
  const { enum: words, type = "string" } = schema;
  if (
    type !== "string" ||
    !Array.isArray(words) ||
    ["$ref", "allOf", "anyOf", "oneOf", "const"].some((key) => key in schema)
  ) {
    return undefined;
  }
  const texts = words.filter((word) => typeof word === "string");
  return texts.length === words.length && texts.length > 0 ? texts : undefined;
}
