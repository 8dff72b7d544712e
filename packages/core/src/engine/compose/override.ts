import { CatenaryError } from "../../errors/catenary-error.ts";
import { isJsonObject, type Json, type JsonObject } from "../../value/json.ts";
import type { TypedValue } from "../../value/typed-value.ts";
import { isObject, objectOf } from "./kinds.ts";

/** Two objects as one: nested objects are merged, everything else is replaced by the variable's. */
export function override(output: TypedValue, variable: TypedValue): TypedValue {
  if (!isObject(output) || !isObject(variable)) {
    throw new CatenaryError(
      "compose_failed",
      `the strategy override needs two objects, and got an output of type ${output.type} and a variable of type ${variable.type}`,
    );
  }
  return { type: "json", value: mergeObjects(objectOf(output), objectOf(variable)) };
}

function mergeObjects(under: JsonObject, over: JsonObject): JsonObject {
  const merged = new Map<string, Json>(Object.entries(under));
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key);
    merged.set(key, isJsonObject(below) && isJsonObject(value) ? mergeObjects(below, value) : value);
  }
  return Object.fromEntries(merged);
}
