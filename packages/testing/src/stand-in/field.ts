import type { Facts } from "./facts.ts";
import { flatten, type JsonSchema, stringIn, toSchema } from "./json-schema.ts";
import type { Reading } from "./read-prompt.ts";

/** A place in a schema that wants a value. */
export interface Field {
  /** The property's name; empty at the root. */
  readonly name: string;
  /** Name, title and description in words. */
  readonly question: string;
  readonly schema: JsonSchema;
  readonly source: Source;
  readonly depth: number;
}

/** Where the values come from. */
export interface Source {
  readonly reading: Reading;
  /** What is asked about, or the whole prompt where nothing else is there. */
  readonly text: string;
  readonly facts: Facts;
  readonly root: JsonSchema;
}

/** A field of this name, with its references followed. */
export function toField(name: string, schema: unknown, source: Source, depth: number): Field {
  const flat = flatten(toSchema(schema), source.root);
  const spoken = name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_-]+/g, " ");
  const question = [spoken, stringIn(flat, "title"), stringIn(flat, "description")].filter(Boolean).join(" ");
  return { name, question, schema: flat, source, depth };
}
