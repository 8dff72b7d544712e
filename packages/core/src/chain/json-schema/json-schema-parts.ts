import type { JsonObject } from "../../value/json.ts";
import type { ShapeName } from "../wire/field.ts";
import { keyPattern, wireName } from "../wire/spelling.ts";

/** Something that an object must have, under whichever of its spellings. */
export function requireField(shape: ShapeName, name: string): JsonObject {
  const key = wireName(name);
  // The second says: not every name is another one. The first is what editors tell of.
  return {
    anyOf: [hasKey(key), { type: "object", not: { propertyNames: { not: { pattern: keyPattern(shape, name) } } } }],
  };
}

/** What a field holds, in the exact spelling and, where that is not there, in the one of TypeScript. Of other spellings nothing is said. */
export function fieldHolds(name: string, schema: JsonObject): readonly JsonObject[] {
  const key = wireName(name);
  const exact = { type: "object", properties: { [key]: schema } };
  if (key === name) return [exact];
  return [exact, { anyOf: [hasKey(key), { type: "object", patternProperties: { [`^${name}$`]: schema } }] }];
}

/** An object for which all of these hold, or null. */
export function objectOrNull(rules: readonly JsonObject[]): JsonObject {
  return { anyOf: [{ type: "null" }, { type: "object", allOf: rules }] };
}

/** Rules for whatever meets a condition. */
export function when(condition: JsonObject, rule: JsonObject): JsonObject {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, in data that nobody waits for.
  return { if: condition, then: { type: "object", ...rule } };
}

/** An object that has a member of exactly this name. */
export function hasKey(key: string): JsonObject {
  return { type: "object", properties: { [key]: true }, required: [key] };
}
