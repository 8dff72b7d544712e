import type { PreferredFormat } from "../routing/call/model-request.ts";
import { isJsonObject, type JsonObject } from "../value/json.ts";

/** A shape with the one field `answer`: servers that can hold a model to a shape want an object. */
export function answerFormat(name: string, answer: JsonObject): PreferredFormat {
  return {
    name,
    schema: { type: "object", properties: { answer }, required: ["answer"], additionalProperties: false },
  };
}

/** What stands in the `answer` of a reply that kept to the shape; otherwise the reply itself, as prose. */
export function answerIn(reply: string): string {
  if (!reply.startsWith("{")) return reply;
  try {
    const parsed: unknown = JSON.parse(reply);
    if (!isJsonObject(parsed) || parsed.answer === undefined) return reply;
    return typeof parsed.answer === "string" ? parsed.answer : JSON.stringify(parsed.answer);
  } catch {
    return reply;
  }
}
