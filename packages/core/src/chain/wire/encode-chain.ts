import type { Json, JsonObject } from "../../value/json.ts";
import type { ChainDefinition } from "../chain.ts";
import type { Field, FieldValue, ShapeName } from "./field.ts";
import { FIELDS } from "./fields.ts";
import { wireName } from "./spelling.ts";

/**
 * A chain in the spelling of the wire. `decodeChain` of it gives an equal definition. Fields that contenox/runtime always
 * writes are always there; the others only where the definition has them. Unknown fields stand at the place where they came.
 */
export function encodeChain(definition: ChainDefinition): JsonObject {
  // A definition is plain data; fields.test-d.ts holds its type equal to the table of fields.
  return encodeShape("chain", definition as unknown as JsonObject);
}

function encodeShape(shape: ShapeName, held: JsonObject): JsonObject {
  const fields: readonly Field[] = FIELDS[shape];
  const entries: [string, Json][] = [];
  for (const field of fields) {
    const value = Object.hasOwn(held, field.name) ? held[field.name] : undefined;
    if (value === undefined && field.written !== "always") continue;
    if (value === "" && field.written !== "always") continue;
    entries.push([
      wireName(field.name),
      value === undefined ? absentValue(field.value) : encodeValue(field.value, value),
    ]);
  }
  const known = new Set(entries.map(([name]) => name));
  const extra = Object.entries(asObject(held.extra)).filter(([name]) => !known.has(name));
  return Object.fromEntries([...entries, ...extra]);
}

function encodeValue(kind: FieldValue, value: Json): Json {
  if (kind.is === "shape") return encodeShape(kind.shape, asObject(value));
  if (kind.is !== "shapes" || !Array.isArray(value)) return value;
  return value.map((item: Json) => encodeShape(kind.shape, asObject(item)));
}

function asObject(value: Json | undefined): JsonObject {
  // Arrays never stand where the table says shape.
  return typeof value === "object" && value !== null ? (value as JsonObject) : {};
}

/** What the original writes for a field that was not given. */
function absentValue(kind: FieldValue): Json {
  switch (kind.is) {
    case "text":
      return "";
    case "boolean":
      return false;
    case "number":
    case "integer":
      return 0;
    case "texts":
    case "shapes":
      return [];
    case "map":
    case "schema":
      return null;
    case "shape":
      return encodeShape(kind.shape, {});
  }
}
