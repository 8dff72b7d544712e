import { messageOf } from "../errors/message-of.ts";
import type { Finding } from "./finding.ts";

/**
 * A schema of a library such as zod, as the Standard Schema specification has it. Only its JSON Schema is used, which the
 * specification's extension gives: chains are data, and what only code can tell (refinements, conversions) is not kept.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** The side of a schema that a value is on: before or after the conversions that the library would make. Catenary makes none. */
export type SchemaSide = "input" | "output";

type Convert = (options: { readonly target: string }) => unknown;

/** Also true of schemas that are functions. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  if ((typeof value !== "object" || value === null) && typeof value !== "function") return false;
  const standard: unknown = Reflect.get(value, "~standard");
  return typeof standard === "object" && standard !== null && Reflect.get(standard, "version") === 1;
}

/** A schema as JSON Schema; whatever else it is, it is left for the decoder to judge. Undefined, with a finding, where it has none. */
export function toJsonSchema(value: unknown, side: SchemaSide, path: string, findings: Finding[]): unknown {
  if (!isStandardSchema(value)) return value;
  const { vendor } = value["~standard"];
  const convert = converterOf(value, side);
  if (convert === undefined) {
    const message = `expected a schema that can say what it is as JSON Schema, and one of ${vendor} cannot: update the library, or write JSON Schema`;
    findings.push({ severity: "error", code: "invalid_schema", path, message });
    return undefined;
  }
  try {
    const schema = convert({ target: "draft-2020-12" });
    // The draft that is meant where nothing is said; servers need not know the word.
    if (typeof schema !== "object" || schema === null) return schema;
    return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== "$schema"));
  } catch (error) {
    const message = `expected a schema that JSON Schema can express, and ${vendor} says: ${messageOf(error)}`;
    findings.push({ severity: "error", code: "invalid_schema", path, message });
    return undefined;
  }
}

function converterOf(schema: StandardSchema, side: SchemaSide): Convert | undefined {
  const converters: unknown = Reflect.get(schema["~standard"], "jsonSchema");
  if (typeof converters !== "object" || converters === null) return undefined;
  const convert: unknown = Reflect.get(converters, side);
  // Safe: the specification says what it takes; what it gives is looked at.
  return typeof convert === "function" ? (convert.bind(converters) as Convert) : undefined;
}
