import type { PreferredFormat } from "../routing/call/model-request.ts";
import { isJsonObject, type Json } from "../value/json.ts";

const ANY_OBJECT: PreferredFormat = { name: "answer", schema: { type: "object" } };

/** OpenAI's `response_format`, as calls of models take it. Undefined where it says nothing, or asks for text. */
export function formatOf(format: Json | undefined): PreferredFormat | undefined {
  if (!isJsonObject(format)) return undefined;
  if (format.type === "json_object") return ANY_OBJECT;
  const shape = format.type === "json_schema" ? format.json_schema : undefined;
  if (!isJsonObject(shape) || !isJsonObject(shape.schema)) return undefined;
  return { name: typeof shape.name === "string" ? shape.name : ANY_OBJECT.name, schema: shape.schema };
}
