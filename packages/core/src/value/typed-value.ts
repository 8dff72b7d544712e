import type { DataType } from "./data-type.ts";
import type { Json } from "./json.ts";

/** A value and the kind it was declared to be. */
export interface TypedValue {
  readonly type: DataType;
  readonly value: Json;
}
