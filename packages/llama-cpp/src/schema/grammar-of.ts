import type { JsonObject } from "@catenary/core";
import { areDisjoint } from "./are-disjoint.ts";
import { arrayRule } from "./array-rule.ts";
import { GrammarRules, literal } from "./grammar-rules.ts";
import { isSchemaObject } from "./is-schema-object.ts";
import { mergeSchemas } from "./merge-schemas.ts";
import { numberRule } from "./number-rule.ts";
import { objectRule } from "./object-rule.ts";
import { resolveRef } from "./resolve-ref.ts";
import { BrokenSchema, SchemaError } from "./schema-error.ts";
import { startOf } from "./start-of.ts";
import { stringRule } from "./string-rule.ts";
import { UNHELD } from "./unheld.ts";

/** A grammar that lets only JSON of a schema through. */
export interface SchemaGrammar {
  /** In llama.cpp's notation: of what comes after the start. */
  readonly grammar: string;
  /** What every answer begins with. It need not be written by the model. */
  readonly start: string;
  /** What the schema asks for and no grammar can hold, by place: `/properties/id: multipleOf`. */
  readonly unheld: readonly string[];
}

/** What the rules of one schema are made with. */
export interface SchemaRules {
  readonly rules: GrammarRules;
  /** The name of the rule for a schema inside it. */
  readonly visit: (schema: unknown, path: string) => string;
  /** The same of a part that need not be: an error where it allows nothing. */
  readonly attempt: (schema: unknown, path: string) => string | SchemaError;
  /** Notes a keyword that the grammar does not hold. */
  readonly skip: (path: string, keyword: string) => void;
}

/** What a reference was followed to, and where. */
interface Referred {
  readonly name: string;
  readonly path: string;
  /** Whether its rule is still being made. */
  isOpen: boolean;
}

const DEEPEST = 200;

/** The grammar of any JSON object. */
export const ANY_OBJECT: JsonObject = { type: "object" };

/**
 * The grammar of a JSON schema. It never lets through what the schema rules out, apart from what `unheld` says; where the schema
 * leaves a choice (further properties, white space, the order), it takes the plainest.
 *
 * @throws SchemaError where nothing would satisfy the schema, or a part of it is not there.
 */
export function grammarOf(schema: unknown): SchemaGrammar {
  const rules = new GrammarRules();
  const unheld: string[] = [];
  const referred = new Map<string, Referred>();
  let depth = 0;

  const skip = (path: string, keyword: string) => {
    unheld.push(`${path || "/"}: ${keyword}`);
  };
  const losing = (path: string) => (keyword: string) => skip(path, keyword);
  const visit = (part: unknown, path: string): string => {
    if (depth > DEEPEST) throw new BrokenSchema(path, "is nested too deep, or leads back to itself for ever");
    depth += 1;
    try {
      return ofPart(part, path);
    } finally {
      depth -= 1;
    }
  };
  const ofPart = (part: unknown, path: string): string => {
    if (part === false) throw new SchemaError(path, "allows nothing");
    if (!isSchemaObject(part)) return "value";
    for (const keyword of UNHELD) if (keyword in part) skip(path, keyword);
    if (part.$ref !== undefined) return visitRef(part, path);
    if (Array.isArray(part.allOf)) return visit(flatten(part, part.allOf, schema, path, losing(path)), path);
    const choices = part.anyOf ?? part.oneOf;
    if (Array.isArray(choices)) return visitChoices(part, choices, path);
    return ofTypes(part, path);
  };
  const tried = (make: () => string): string | SchemaError => {
    const noted = unheld.length;
    try {
      return make();
    } catch (error) {
      if (!(error instanceof SchemaError) || error instanceof BrokenSchema) throw error;
      unheld.length = noted;
      return error;
    }
  };
  const visitRef = ({ $ref, ...siblings }: JsonObject, path: string): string => {
    const target = resolveRef(schema, $ref, path);
    const beside = Object.fromEntries(Object.entries(siblings).filter(([keyword]) => KEYWORDS.has(keyword)));
    const key = `${String($ref)} ${JSON.stringify(beside)}`;
    const known = referred.get(key);
    if (known?.isOpen === true && /^(?:\/(?:anyOf|oneOf)\/\d+)*$/.test(path.slice(known.path.length))) {
      throw new SchemaError(path, "leads back to itself");
    }
    if (known !== undefined) return known.name;
    // Before its rule is made: it may lead back to itself.
    const made: Referred = { name: rules.reserve(), path, isOpen: true };
    referred.set(key, made);
    const whole = isSchemaObject(target) ? mergeSchemas(target, beside, losing(path)) : target && beside;
    const rule = tried(() => visit(whole, path));
    made.isOpen = false;
    rules.define(made.name, typeof rule === "string" ? rule : '""');
    if (typeof rule === "string") return made.name;
    referred.delete(key);
    throw rule;
  };
  /** Those that something satisfies; where nothing satisfies any, why not the first. */
  const some = (makes: readonly (() => string)[]): string[] => {
    const results = makes.map(tried);
    const names = results.filter((result) => typeof result === "string");
    const [failure] = results;
    if (names.length === 0 && failure instanceof SchemaError) throw failure;
    return names;
  };
  const visitChoices = (part: JsonObject, choices: readonly unknown[], path: string): string => {
    const { anyOf, oneOf, ...others } = part;
    const around = anyOf !== undefined && oneOf !== undefined ? { ...others, oneOf } : others;
    const names = some(
      choices.map((choice, at) => () => {
        const whole = isSchemaObject(choice) ? mergeSchemas(around, choice, losing(path)) : choice && around;
        return visit(whole, `${path}/${anyOf === undefined ? "oneOf" : "anyOf"}/${at}`);
      }),
    );
    if (names.length === 0) throw new SchemaError(path, "offers no choice");
    // Exactly one is to fit; what fits two is only ruled out where no value does.
    if (anyOf === undefined && !areDisjoint(choices, schema)) skip(path, "oneOf");
    return rules.add([...new Set(names)].join(" | "));
  };
  const attempt = (part: unknown, path: string) => tried(() => visit(part, path));
  const made: SchemaRules = { rules, visit, attempt, skip };
  const ofTypes = (part: JsonObject, path: string): string => {
    if (part.const !== undefined || Array.isArray(part.enum)) return wordsRule(part, path, rules);
    const types = typesOf(part);
    if (types.length === 0) throw new SchemaError(path, "allows values of no type");
    return rules.add(some(types.map((type) => () => ruleOfType(String(type), part, path, made))).join(" | "));
  };
  const { start, rest } = startOf(schema, made) ?? { start: "", rest: visit(schema, "") };
  return { grammar: rules.toString(rest), start, unheld: [...new Set(unheld)] };
}

function flatten(
  part: JsonObject,
  all: readonly unknown[],
  root: unknown,
  path: string,
  lose: (keyword: string) => void,
): JsonObject {
  const { allOf, ...around } = part;
  return all.reduce<JsonObject>((merged, one) => {
    if (one === false) throw new SchemaError(path, "allows nothing");
    if (!isSchemaObject(one)) return merged;
    const { $ref, ...siblings } = one;
    const target = $ref === undefined ? {} : resolveRef(root, $ref, path);
    return mergeSchemas(isSchemaObject(target) ? mergeSchemas(merged, target, lose) : merged, siblings, lose);
  }, around);
}

function typesOf(part: JsonObject): readonly unknown[] {
  if (Array.isArray(part.type)) return part.type;
  if (part.type !== undefined) return [part.type];
  const [told] = Object.entries(TYPE_OF).find(([, keywords]) => keywords.some((keyword) => keyword in part)) ?? ["any"];
  return [told];
}

/** What a keyword is about, where a schema does not say its type. */
const TYPE_OF: Readonly<Record<string, readonly string[]>> = {
  object: ["properties", "required", "additionalProperties", "minProperties", "maxProperties"],
  array: ["items", "prefixItems", "minItems", "maxItems"],
  string: ["pattern", "minLength", "maxLength", "format"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
};

/** What says something about which values are allowed. Anything else is a note. */
const KEYWORDS = new Set([
  ...["type", "enum", "const", "anyOf", "oneOf", "allOf", "additionalItems"],
  ...Object.values(TYPE_OF).flat(),
  ...UNHELD,
]);

function ruleOfType(type: string, part: JsonObject, path: string, made: SchemaRules): string {
  switch (type) {
    case "object":
      return objectRule(part, path, made);
    case "array":
      return arrayRule(part, path, made);
    case "string":
      return stringRule(part, path, made);
    case "integer":
    case "number":
      return numberRule(type, part, path, made);
    case "boolean":
    case "null":
      return type;
    case "any":
      return "value";
    default:
      throw new BrokenSchema(path, `has the type ${JSON.stringify(type)}, which JSON does not know`);
  }
}

/** The words that an enum or a const allows, those of another type than the schema's left out. */
function wordsRule(part: JsonObject, path: string, rules: GrammarRules): string {
  const values = part.const !== undefined ? [part.const] : Array.isArray(part.enum) ? part.enum : [];
  const types = part.type === undefined ? undefined : typesOf(part);
  const fitting = values.filter((value) => types === undefined || types.some((type) => isOfType(value, type)));
  if (fitting.length === 0) throw new SchemaError(path, "allows none of the values that it lists");
  return rules.add(fitting.map((value) => literal(JSON.stringify(value))).join(" | "));
}

function isOfType(value: unknown, type: unknown): boolean {
  if (value === null) return type === "null";
  if (Array.isArray(value)) return type === "array";
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}
