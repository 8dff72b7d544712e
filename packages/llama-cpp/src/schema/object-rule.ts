import type { JsonObject } from "@catenary/core";
import type { SchemaRules } from "./grammar-of.ts";
import { literal } from "./grammar-rules.ts";
import { isSchemaObject } from "./is-schema-object.ts";

/** A property of an object, in its place. */
export interface Member {
  readonly name: string;
  readonly isRequired: boolean;
  readonly schema: unknown;
  readonly path: string;
}

/** The properties that an object may have by name: those that are declared, then those that are only required. */
export function membersOf(part: JsonObject, path: string): readonly Member[] {
  const required = new Set(Array.isArray(part.required) ? part.required.map(String) : []);
  const declared = isSchemaObject(part.properties) ? part.properties : {};
  const names = [...Object.keys(declared), ...[...required].filter((name) => !Object.hasOwn(declared, name))];
  return names.map((name) => ({
    name,
    isRequired: required.has(name),
    schema: Object.hasOwn(declared, name) ? declared[name] : (part.additionalProperties ?? true),
    path: `${path}/properties/${name}`,
  }));
}

/** An object: its properties in their order, those that are not required or not. */
export function objectRule(part: JsonObject, path: string, made: SchemaRules): string {
  const members = membersOf(part, path);
  if (members.length === 0) return mapRule(part, path, made);
  const { minProperties: least, maxProperties: most } = part;
  const certain = members.filter(({ isRequired }) => isRequired).length;
  if (typeof least === "number" && least > certain) made.skip(path, "minProperties");
  if (typeof most === "number" && most < members.length) made.skip(path, "maxProperties");
  return made.rules.add(`"{" ws ${membersRule(members, made).first} "}"`);
}

/**
 * From the last member to the first.
 *
 * @returns `first`: the members where nothing stands before them; `after`: where something does, with its comma.
 */
export function membersRule(members: readonly Member[], { rules, visit, attempt }: SchemaRules) {
  let after = "";
  let first = "";
  const inOrder = members.flatMap(({ name, isRequired, schema, path }) => {
    const value = isRequired ? visit(schema, path) : attempt(schema, path);
    // What may be left out and allows nothing is left out.
    return typeof value === "string" ? [{ isRequired, rule: `${literal(JSON.stringify(name))} ":" ws ${value}` }] : [];
  });
  for (const { isRequired, rule } of inOrder.reverse()) {
    const starting = `${rule} ${after}`.trim();
    first = isRequired ? rules.add(starting) : rules.add(first === "" ? `(${starting})?` : `${starting} | ${first}`);
    const following = `"," ws ${rule}`;
    after = rules.add(`${isRequired ? following : `(${following})?`} ${after}`.trim());
  }
  return { first, after };
}

/** An object whose properties nobody named. */
function mapRule(part: JsonObject, path: string, { rules, visit, skip }: SchemaRules): string {
  const { additionalProperties: others } = part;
  const counted = (keyword: string) => countOf(part, keyword, path, skip);
  if (others === false) return rules.add(`"{" ws "}"`);
  const value = visit(others ?? true, `${path}/additionalProperties`);
  return rules.add(
    `"{" ws ${listOf(`string ":" ws ${value}`, counted("minProperties"), counted("maxProperties"), rules)} "}"`,
  );
}

/** llama.cpp writes a repetition out, and refuses very long ones. */
const LONGEST_LIST = 1000;

/** How many a list has by one of its keywords; undefined, and noted, where those are more than can be counted. */
export function countOf(
  part: JsonObject,
  keyword: string,
  path: string,
  skip: SchemaRules["skip"],
): number | undefined {
  const count = part[keyword];
  if (typeof count !== "number") return undefined;
  if (count <= LONGEST_LIST) return count;
  skip(path, keyword);
  return undefined;
}

/** A list with commas of so many. */
export function listOf(item: string, from = 0, to: number | undefined, rules: SchemaRules["rules"]): string {
  if (to === 0) return '""';
  const one = rules.add(item);
  const further = `("," ws ${one}){${Math.max(0, from - 1)},${to === undefined ? "" : to - 1}}`;
  return from > 0 ? `${one} ${further}` : `(${one} ${further})?`;
}
