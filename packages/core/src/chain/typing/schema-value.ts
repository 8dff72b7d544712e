import type { Json } from "../../value/json.ts";

/** What satisfies a schema: what a schema library says of its own, as far as it does; of JSON Schema, any `Json`. */
export type SchemaValue<Schema> = Schema extends { readonly "~standard": { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly output: infer Output }
    ? Output
    : Json
  : Json;
