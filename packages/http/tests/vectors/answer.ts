import type { Json, JsonObject } from "@catenary/core";
import type { RecordedModelCall } from "../../../core/tests/seed/recordings.ts";
import { memberOf } from "./member-of.ts";
import { comparable, readText } from "./normalise.ts";
import { readStream } from "./read-stream.ts";
import type { RecordedStep } from "./recorded-sequence.ts";

/** An answer in the one form in which the original's and ours are compared. */
export interface ComparedAnswer {
  readonly status: number;
  /** Without parameters; absent where it was not recorded. */
  readonly contentType?: string;
  readonly allow?: string;
  readonly headers?: Json;
  readonly body: Json;
}

/** What a sequence came to. */
export interface PlayedAnswers {
  readonly steps: readonly ComparedAnswer[];
  readonly modelCalls: readonly Json[];
  readonly hookCalls: readonly Json[];
}

/** A body as it was recorded: server-sent events by what they say, JSON as its value, lists with the wanted elements only. */
export function comparableBody(text: string, { raw = false, only }: RecordedStep): Json {
  if (raw && text.startsWith("data:")) return readStream(text);
  const body = readText(text);
  if (only === undefined || !Array.isArray(body)) return comparable(body);
  const wanted = new RegExp(only.re);
  return comparable(body.filter((element) => wanted.test(String(memberOf(element, only.field)))));
}

/** A call of a language model as a conversation, or of an embedding model as its text. */
export function comparableCall({ kind, model, prompt = "", system, messages, options = {} }: RecordedModelCall): Json {
  if (kind === "embed") return { model, embed: prompt };
  const asChat = [
    ...(system === undefined ? [] : [{ role: "system", content: system }]),
    { role: "user", content: prompt },
  ];
  return { model, messages: (messages ?? asChat).map(withInstruction), options };
}

/** The recordings do not say what the original tells the model at `/execute`. */
function withInstruction(message: JsonObject): JsonObject {
  const { content } = message;
  const isOurs = message.role === "system" && typeof content === "string" && content.startsWith("A program reads");
  return isOurs ? { ...message, content: "<the original's fixed system instruction of /execute>" } : message;
}
