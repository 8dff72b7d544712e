import type { SchemaValue } from "./schema-value.ts";

/**
 * What templates can read behind tasks whose output is made from a schema alone: `read.name` for every property, and `read.` to tell that there
 * are no others. Only `raw_string` is such a task; what a hook answers may have more than its schema names.
 */
export type AskedReads<Tasks, Declared> = Tasks extends readonly unknown[]
  ? {
      [I in keyof Tasks]: Tasks[I] extends { readonly id: infer Id extends string }
        ? Reads<Tasks[I], Id, Declared>
        : never;
    }[number]
  : { [Id in keyof Tasks & string]: Reads<Tasks[Id], Id, Declared> }[keyof Tasks & string];

type Reads<Task, Id extends string, Declared> = Task extends {
  readonly handler: "raw_string";
  readonly output: infer Schema;
}
  ? "compose" extends keyof Task
    ? never
    : Id extends "input" | "previous_output" | keyof Declared
      ? never
      : Named<Id, PropertyOf<Schema>>
  : never;

type Named<Id extends string, Property> = [Property] extends [never]
  ? never
  : Property extends string
    ? `${Id}.` | `${Id}.${Property}`
    : never;

/** The names of the properties of what satisfies a schema; `never` where it may have others, or be no object. */
type PropertyOf<Schema> = Schema extends { readonly "~standard": unknown }
  ? OnlyNames<NameIn<SchemaValue<Schema>>>
  : Schema extends Unlisted
    ? never
    : Schema extends { readonly properties: infer Properties }
      ? OnlyNames<keyof Properties>
      : never;

type OnlyNames<Names> = string extends Names ? never : Names;

/** Of several kinds of object those of all of them; any text where one of them is none, or has properties that are not named. */
type NameIn<Value> = unknown extends Value
  ? string
  : Value extends null | undefined
    ? never
    : Value extends readonly unknown[]
      ? string
      : Value extends object
        ? keyof Value
        : string;

type OpenKeyword =
  | "$ref"
  | "allOf"
  | "anyOf"
  | "oneOf"
  | "not"
  | "if"
  | "const"
  | "enum"
  | "patternProperties"
  | "dependentSchemas"
  | "unevaluatedProperties";

/** Has keywords that may bring properties which are not listed, or allows them in words. */
type Unlisted =
  | { readonly [K in OpenKeyword]: { readonly [Key in K]: unknown } }[OpenKeyword]
  | { readonly additionalProperties: true | object };
