import type { JsonObject } from "@catenary/core";

/** Whether a schema is one with keywords, and not true, false or something else. */
export function isSchemaObject(schema: unknown): schema is JsonObject {
  return typeof schema === "object" && schema !== null && !Array.isArray(schema);
}
