import type { ModelReply } from "../../model/reply.ts";
import { checkJson } from "../../value/check-json.ts";
import type { Json, JsonObject } from "../../value/json.ts";
import { schemaCheck } from "../../value/schema/schema-check.ts";
import type { SchemaProblem } from "../../value/schema/schema-problem.ts";
import type { JsonKind } from "./find-json.ts";
import { type ObjectSchema, unwrap } from "./object-schema.ts";
import { repairJson } from "./repair-json.ts";

/** What a reply has to offer, and what is wrong with it. */
export interface Answer {
  readonly value: Json;
  /** The answer as the model wrote it. */
  readonly text: string;
  readonly problems: readonly SchemaProblem[];
}

/** What the value begins with, where the schema says so. */
function kindOf({ type, enum: words }: JsonObject): JsonKind {
  if (type === "object" || type === "array") return type;
  if (typeof type === "string") return "other";
  return Array.isArray(words) && words.every((word) => typeof word !== "object") ? "other" : "any";
}

/** As deep as any other value that comes from outside may be: what follows works through it in recursions. */
function isShallow(value: Json): boolean {
  try {
    checkJson(value, "$");
    return true;
  } catch {
    return false;
  }
}

function useless(text: string, message: string): Answer {
  return { value: null, text, problems: [{ path: "$", message }] };
}

/** Reads a reply as a value of a schema. `name` is the tool that it may have called. */
export async function readAnswer(
  reply: ModelReply,
  name: string,
  schema: JsonObject,
  asked: ObjectSchema | undefined,
): Promise<Answer> {
  const call = reply.toolCalls.find((toolCall) => toolCall.function.name === name);
  const text = call?.function.arguments ?? reply.text;
  const read = await repairJson(text, kindOf(schema));
  if (read === undefined) return useless(text, "expected JSON, and there is none in the answer");
  if (!isShallow(read)) return useless(text, "expected fewer levels of lists and objects in each other");
  const check = schemaCheck(schema);
  const problems = check(read);
  if (problems.length === 0 || asked === undefined) return { value: read, text, problems };
  const inner = unwrap(read, asked);
  return { value: inner, text, problems: inner === read ? problems : check(inner) };
}
