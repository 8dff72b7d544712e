// The only file that knows how names are spelled in JSON. Everything else uses the names of TypeScript.
import type { Field, ShapeName } from "./field.ts";
import { FIELDS } from "./fields.ts";

/** Names of the same kinds of task in later versions of contenox/runtime. They are read, never written. */
const HANDLER_ALIASES: ReadonlyMap<string, string> = new Map([
  ["prompt_to_string", "raw_string"],
  ["prompt_to_condition", "condition_key"],
  ["prompt_to_int", "parse_number"],
  ["prompt_to_float", "parse_score"],
  ["prompt_to_range", "parse_range"],
  ["text_to_embedding", "embedding"],
  ["chat_completion", "model_execution"],
  ["parse_command", "parse_transition"],
  ["tools", "hook"],
]);

/** Later versions call the block `hook` of a task `tools`. */
const BLOCK_ALIASES: Partial<Record<ShapeName, ReadonlyMap<string, string>>> = { task: new Map([["tools", "hook"]]) };

/** The name of a field in JSON: `promptTemplate` is `prompt_template`. */
export function wireName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The handler that a name means: itself, or what later versions call it. */
export function canonicalHandler(name: string): string {
  return HANDLER_ALIASES.get(name) ?? name;
}

/** Every name of a handler that is read as this one, itself first. */
export function handlerNames(name: string): readonly string[] {
  return [name, ...[...HANDLER_ALIASES].filter(([, meant]) => meant === name).map(([alias]) => alias)];
}

/** A regular expression for every key that is read as a field of a shape, in whatever case and with whatever underscores. */
export function keyPattern(shape: ShapeName, name: string): string {
  const aliases = [...(BLOCK_ALIASES[shape] ?? [])].filter(([, meant]) => meant === name).map(([alias]) => alias);
  return `^(?:${[name, ...aliases].map((key) => `_*${[...fold(key)].map(anyCase).join("")}`).join("|")})$`;
}

/** The sign for Kelvin is a capital k, too. */
function anyCase(letter: string): string {
  return `[${letter}${letter.toUpperCase()}${letter === "k" ? "\u212a" : ""}]_*`;
}

/** Which of an object's keys gives which field, and which give none. */
export interface FieldKeys {
  readonly keyOf: ReadonlyMap<Field, string>;
  /** Keys that name no field, each with the field it would give had an exacter spelling not been there. */
  readonly others: readonly { readonly key: string; readonly shadowedBy?: string }[];
}

/**
 * Finds the fields of a shape among an object's keys. `prompt_template` is exact, then `promptTemplate`, then any other
 * use of case and underscores; of several that mean the same field the exactest is taken, and the first of equals.
 */
export function matchKeys(shape: ShapeName, object: Readonly<Record<string, unknown>>): FieldKeys {
  const best = new Map<Field, { readonly key: string; readonly rank: number }>();
  const matches = Object.keys(object).map((key) => ({ key, match: matchKey(shape, key, object[key]) }));
  for (const { key, match } of matches) {
    const known = match && best.get(match.field);
    if (match && (known === undefined || match.rank < known.rank)) best.set(match.field, { key, rank: match.rank });
  }
  const others = matches.flatMap(({ key, match }) => {
    const taken = match && best.get(match.field)?.key;
    if (taken === key) return [];
    return [taken === undefined ? { key } : { key, shadowedBy: taken }];
  });
  return { keyOf: new Map([...best].map(([field, { key }]) => [field, key])), others };
}

function matchKey(shape: ShapeName, key: string, value: unknown): { field: Field; rank: number } | undefined {
  const { exact, folded } = TABLES[shape];
  const field = exact.get(key);
  if (field) return { field, rank: 0 };
  const loose = folded.get(fold(key));
  if (loose) return { field: loose, rank: key === loose.name ? 1 : 2 };
  // A list of tools is something else: only a block can be the hook of a task.
  const alias = BLOCK_ALIASES[shape]?.get(fold(key));
  const block = alias === undefined || value === null || typeof value !== "object" ? undefined : folded.get(alias);
  return block && !Array.isArray(value) ? { field: block, rank: 3 } : undefined;
}

function fold(key: string): string {
  return key.replaceAll("_", "").toLowerCase();
}

interface NameTable {
  readonly exact: ReadonlyMap<string, Field>;
  readonly folded: ReadonlyMap<string, Field>;
}

function nameTable(fields: readonly Field[]): NameTable {
  return {
    exact: new Map(fields.map((field) => [wireName(field.name), field])),
    folded: new Map(fields.map((field) => [fold(field.name), field])),
  };
}

const TABLES: Readonly<Record<ShapeName, NameTable>> = {
  chain: nameTable(FIELDS.chain),
  task: nameTable(FIELDS.task),
  executeConfig: nameTable(FIELDS.executeConfig),
  routing: nameTable(FIELDS.routing),
  hook: nameTable(FIELDS.hook),
  compose: nameTable(FIELDS.compose),
  transition: nameTable(FIELDS.transition),
  branch: nameTable(FIELDS.branch),
  retry: nameTable(FIELDS.retry),
};
