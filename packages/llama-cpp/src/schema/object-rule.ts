import type { JsonObject } from "@catenary/core";
import type { SchemaRules } from "./grammar-of.ts";
import { literal } from "./grammar-rules.ts";
import { isSchemaObject } from "./is-schema-object.ts";

/** An object: its properties in their order, those that are not required or not. */
export function objectRule(part: JsonObject, path: string, made: SchemaRules): string {
  const required = new Set(Array.isArray(part.required) ? part.required.map(String) : []);
  const declared = isSchemaObject(part.properties) ? part.properties : {};
  const properties = { ...Object.fromEntries([...required].map((name) => [name, true])), ...declared };
  const names = [...Object.keys(declared), ...[...required].filter((name) => !(name in declared))];
  if (names.length === 0) return mapRule(part, path, made);
  const members = names.map((name) => ({
    isRequired: required.has(name),
    rule: `${literal(JSON.stringify(name))} ":" ws ${made.visit(properties[name], `${path}/properties/${name}`)}`,
  }));
  return made.rules.add(`"{" ws ${membersRule(members, made)} "}"`);
}

interface Member {
  readonly isRequired: boolean;
  readonly rule: string;
}

/** From the last member to the first: what may follow when something stands before it already, and when nothing does. */
function membersRule(members: readonly Member[], { rules }: SchemaRules): string {
  let after = "";
  let first = "";
  for (const { isRequired, rule } of [...members].reverse()) {
    const starting = `${rule} ${after}`.trim();
    first = isRequired ? rules.add(starting) : rules.add(first === "" ? `(${starting})?` : `${starting} | ${first}`);
    const following = `"," ws ${rule}`;
    after = rules.add(`${isRequired ? following : `(${following})?`} ${after}`.trim());
  }
  return first;
}

/** An object whose properties nobody named. */
function mapRule(part: JsonObject, path: string, { rules, visit }: SchemaRules): string {
  const { additionalProperties: others, minProperties, maxProperties } = part;
  if (others === false) return rules.add(`"{" ws "}"`);
  const value = visit(others ?? true, `${path}/additionalProperties`);
  return rules.add(`"{" ws ${listOf(`string ":" ws ${value}`, minProperties, maxProperties, rules)} "}"`);
}

/** A list with commas of so many. */
export function listOf(item: string, least: unknown, most: unknown, rules: SchemaRules["rules"]): string {
  const from = typeof least === "number" ? least : 0;
  const to = typeof most === "number" ? most : undefined;
  if (to === 0) return '""';
  const one = rules.add(item);
  const further = `("," ws ${one}){${Math.max(0, from - 1)},${to === undefined ? "" : to - 1}}`;
  return from > 0 ? `${one} ${further}` : `(${one} ${further})?`;
}
