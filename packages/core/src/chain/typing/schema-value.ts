import type { Json } from "../../value/json.ts";

/** A schema as it has to be; where it is one of a library that cannot say its JSON Schema, what to do about that, which no schema fits. */
export type CheckedSchema<Given, Right> = Given extends { readonly "~standard": infer Standard }
  ? Standard extends { readonly jsonSchema: object }
    ? Right
    : "this schema cannot say its JSON Schema: take zod 4.2, arktype 2.1.28 or later, toStandardJsonSchema for valibot, or write JSON Schema"
  : Right;

/** What satisfies a schema: what a library says of its own, and of JSON Schema what can be read out of it. */
export type SchemaValue<Schema> = Schema extends { readonly "~standard": infer Standard }
  ? SideOf<Standard, "output">
  : JsonSchemaValue<Schema>;

/** What a library's schema is given, before its conversions. */
export type SchemaInput<Schema> = Schema extends { readonly "~standard": infer Standard }
  ? SideOf<Standard, "input">
  : unknown;

type SideOf<Standard, Side extends "input" | "output"> = Standard extends { readonly types?: infer Types }
  ? NonNullable<Types> extends { readonly [K in Side]: infer Value }
    ? Value
    : Json
  : Json;

/**
 * What satisfies a JSON Schema: what its `type`, `const`, `enum`, `properties`, `required` and `items` say, and `Json` where
 * they say nothing. Other keywords only allow less.
 */
type JsonSchemaValue<Schema> = Schema extends { readonly $ref: unknown }
  ? Json
  : Schema extends { readonly const: infer Value extends Json }
    ? Value
    : Schema extends { readonly enum: readonly (infer Value extends Json)[] }
      ? Value
      : Schema extends { readonly type: infer Type }
        ? OfType<Type extends readonly (infer One)[] ? One : Type, Schema>
        : Json;

type OfType<Type, Schema> = Type extends "string"
  ? string
  : Type extends "number" | "integer"
    ? number
    : Type extends "boolean"
      ? boolean
      : Type extends "null"
        ? null
        : Type extends "array"
          ? ListOf<Schema>
          : Type extends "object"
            ? ObjectOf<Schema>
            : Json;

/** With `prefixItems`, and with a list of schemas, `items` is not for every element. */
type ListOf<Schema> = Schema extends { readonly prefixItems: unknown } | { readonly items: readonly unknown[] }
  ? readonly Json[]
  : Schema extends { readonly items: infer Items extends object }
    ? readonly JsonSchemaValue<Items>[]
    : readonly Json[];

type ObjectOf<Schema> = Schema extends { readonly properties: infer Properties }
  ? string extends keyof Properties
    ? { readonly [key: string]: Json }
    : Members<Properties, RequiredIn<Schema>>
  : { readonly [key: string]: Json };

type RequiredIn<Schema> = Schema extends { readonly required: readonly (infer Name)[] } ? Name : never;

type Members<Properties, Required> = Flat<
  { readonly [K in keyof Properties as K extends Required ? K : never]: JsonSchemaValue<Properties[K]> } & {
    readonly [K in keyof Properties as K extends Required ? never : K]?: JsonSchemaValue<Properties[K]>;
  }
>;

type Flat<Type> = { [K in keyof Type]: Type[K] };
