import type { JsonObject } from "@catenary/core";
import type { ChatModelFunctions } from "node-llama-cpp";
import { isSchemaObject } from "./is-schema-object.ts";
import { mergeSchemas } from "./merge-schemas.ts";
import { resolveRef } from "./resolve-ref.ts";

type Parameters = NonNullable<ChatModelFunctions[string]["params"]>;
type Value = JsonObject[string];

/** How deep a schema that speaks of itself is followed. */
const DEEPEST = 8;
const FORMATS: readonly unknown[] = ["date", "time", "date-time"];
/** Anything: the library takes a schema without keywords for one that allows only null. */
const ANYTHING: JsonObject = { type: ["string", "number", "boolean", "null"] };
const KEPT = [
  "type",
  "description",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
];

/**
 * The schema of a tool's input in the library's own dialect, in which it writes calls. The library has every property written; so
 * one that is not required may be null here, which `dropAbsent` takes away again.
 *
 * @param path Where the schema stands, for errors.
 * @throws SchemaError where a reference leads nowhere.
 */
export function toolParameters(schema: unknown, path = ""): Parameters | undefined {
  const converted = convert(schema, schema, path, 0);
  const isEmpty = converted.type === "object" && Object.keys(converted.properties ?? {}).length === 0;
  // Safe: made of the keywords of that dialect alone.
  return isEmpty ? undefined : (converted as unknown as Parameters);
}

function convert(part: unknown, root: unknown, path: string, depth: number): JsonObject {
  if (!isSchemaObject(part) || depth > DEEPEST) return ANYTHING;
  const next = (inner: unknown) => convert(inner, root, path, depth + 1);
  if (part.$ref !== undefined) {
    const { $ref, ...siblings } = part;
    const target = resolveRef(root, $ref, path);
    return next(isSchemaObject(target) ? mergeSchemas(target, siblings) : target);
  }
  if (Array.isArray(part.allOf)) {
    const { allOf, ...around } = part;
    return next(part.allOf.filter(isSchemaObject).reduce((merged, one) => mergeSchemas(merged, one), around));
  }
  const choices = part.anyOf ?? part.oneOf;
  if (Array.isArray(choices)) return { oneOf: choices.map(next), ...description(part) };
  if (part.const !== undefined && !isSchemaObject(part.const)) return { const: part.const, ...description(part) };
  if (Array.isArray(part.enum)) return { enum: part.enum, ...description(part) };
  return ofType(part, next);
}

function ofType(part: JsonObject, next: (inner: unknown) => JsonObject): JsonObject {
  const kept = Object.fromEntries(KEPT.flatMap((key) => (part[key] === undefined ? [] : [[key, part[key]]])));
  if (isSchemaObject(part.properties) || part.type === "object") {
    const { additionalProperties } = part;
    return {
      ...kept,
      type: "object",
      properties: propertiesOf(part, next),
      ...(isSchemaObject(additionalProperties) && { additionalProperties: next(additionalProperties) }),
      ...(additionalProperties === true && { additionalProperties: true }),
    };
  }
  if (part.type === "array") return { ...kept, type: "array", items: next(part.items) };
  if (part.type === "string" && FORMATS.includes(part.format)) return { type: "string", format: part.format ?? null };
  return part.type === undefined ? { ...ANYTHING, ...description(part) } : kept;
}

function propertiesOf(part: JsonObject, next: (inner: unknown) => JsonObject): Record<string, Value> {
  if (!isSchemaObject(part.properties)) return {};
  const required = Array.isArray(part.required) ? part.required : [];
  return Object.fromEntries(
    Object.entries(part.properties).map(([name, schema]) => {
      const converted = next(schema);
      return [
        name,
        required.includes(name) ? converted : { oneOf: [converted, { type: "null" }], ...description(converted) },
      ];
    }),
  );
}

const description = ({ description: told }: JsonObject) => (typeof told === "string" ? { description: told } : {});
