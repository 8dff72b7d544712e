import { isJsonObject, type Json, type JsonObject } from "../../value/json.ts";
import { schemaCheck } from "../../value/schema/schema-check.ts";

/** What a task can report whose outcome is its value: the text of a scalar, `ok` for everything else. */
export interface StructuredOutcomes {
  /** Every outcome that is no number of many. */
  readonly texts: readonly string[];
  /** Absent: it never reports one of too many numbers to name. */
  readonly numbers?: "whole" | "any";
}

/** More than these are not tried one by one. */
const MOST_VALUES = 1000;

/** The outcomes of the values that satisfy a JSON Schema. Undefined where that does not say it for certain. */
export function structuredOutcomes(schema: JsonObject): StructuredOutcomes | undefined {
  const allowed = valuesOf(schema);
  if (allowed === undefined || allowed.values.length > MOST_VALUES) return undefined;
  const check = schemaCheck(schema);
  const texts = allowed.values.filter((value) => check(value).length === 0).map(outcomeOf);
  if (allowed.isOpen) texts.push(outcomeOf(null));
  if (texts.length === 0 && allowed.numbers === undefined) return undefined;
  return { texts: [...new Set(texts)], ...(allowed.numbers !== undefined && { numbers: allowed.numbers }) };
}

function outcomeOf(value: Json): string {
  return typeof value === "object" ? "ok" : String(value);
}

/** All that a schema may allow. */
interface Allowed {
  /** Those that can be named. */
  readonly values: readonly Json[];
  /** Whether some lists or objects are allowed. */
  readonly isOpen: boolean;
  readonly numbers: StructuredOutcomes["numbers"] | undefined;
}

const NONE: Allowed = { values: [], isOpen: false, numbers: undefined };

/** With one of these, what is allowed is not told by types and words alone. */
const UNCLEAR = ["$ref", "$dynamicRef", "$recursiveRef", "allOf", "if", "not"];

function valuesOf(schema: Json): Allowed | undefined {
  if (!isJsonObject(schema) || UNCLEAR.some((keyword) => schema[keyword] !== undefined)) return undefined;
  if (schema.const !== undefined) return { ...NONE, values: [schema.const] };
  if (Array.isArray(schema.enum)) return { ...NONE, values: schema.enum };
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives)) return schema.type === undefined ? union(alternatives.map(valuesOf)) : undefined;
  const types: readonly Json[] = Array.isArray(schema.type) ? schema.type : [schema.type ?? null];
  return union(types.map((type) => (typeof type === "string" ? OF_TYPE.get(type) : undefined)));
}

const OF_TYPE: ReadonlyMap<string, Allowed> = new Map([
  ["boolean", { ...NONE, values: [true, false] }],
  ["null", { ...NONE, values: [null] }],
  ["object", { ...NONE, isOpen: true }],
  ["array", { ...NONE, isOpen: true }],
  ["integer", { ...NONE, numbers: "whole" }],
  ["number", { ...NONE, numbers: "any" }],
] satisfies [string, Allowed][]);

function union(parts: readonly (Allowed | undefined)[]): Allowed | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length || known.length === 0) return undefined;
  const numbers = known.map((part) => part.numbers);
  return {
    values: known.flatMap(({ values }) => values),
    isOpen: known.some(({ isOpen }) => isOpen),
    numbers: numbers.includes("any") ? "any" : numbers.find((kind) => kind !== undefined),
  };
}
