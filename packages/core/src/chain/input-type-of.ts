import type { DataType } from "../value/data-type.ts";
import type { ChainDefinition } from "./chain.ts";

const TYPES: ReadonlyMap<unknown, DataType> = new Map([
  ["string", "string"],
  ["number", "float"],
  ["integer", "int"],
  ["boolean", "bool"],
]);

/** The data type that a chain's input has; undefined where the chain says none. Under a JSON Schema it is that of its `type`, else `json`. */
export function inputTypeOf({ input }: ChainDefinition): DataType | undefined {
  if (typeof input !== "object") return input;
  return TYPES.get(input.type) ?? "json";
}
