import { isJsonObject, type Json, type JsonObject } from "../../value/json.ts";

/** A schema of an object that stands for any schema. */
export interface ObjectSchema {
  readonly schema: JsonObject;
  /** Whether the value is its one field `answer`. */
  readonly isWrapped: boolean;
}

/**
 * Servers that can hold a model to a shape, and tools, want an object: what is none becomes the field `answer` of one. Undefined where
 * references in the schema would lead elsewhere then.
 */
export function objectSchema(schema: JsonObject): ObjectSchema | undefined {
  if (schema.type === "object" && schema.$ref === undefined) return { schema, isWrapped: false };
  if (!areMovable(schema)) return undefined;
  const { $defs, definitions, $schema: _, ...answer } = schema;
  return {
    isWrapped: true,
    schema: {
      type: "object",
      properties: { answer },
      required: ["answer"],
      additionalProperties: false,
      ...($defs !== undefined && { $defs }),
      ...(definitions !== undefined && { definitions }),
    },
  };
}

/** What a model gave for it as the value that was asked for. */
export function unwrap(value: Json, { isWrapped }: ObjectSchema): Json {
  if (!isWrapped || !isJsonObject(value)) return value;
  const isWrapper = Object.hasOwn(value, "answer") && Object.keys(value).length === 1;
  return isWrapper ? (value.answer ?? null) : value;
}

/** Definitions move up with the schema; whatever else a reference can lead to does not. */
function areMovable(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.every(areMovable);
  if (!isJsonObject(value)) return true;
  const { $ref } = value;
  if (typeof $ref === "string" && !/^#\/(\$defs|definitions)\//.test($ref)) return false;
  if (typeof value.$id === "string") return false;
  return Object.values(value).every(areMovable);
}
