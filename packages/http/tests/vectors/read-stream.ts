import type { Json } from "@catenary/core";
import { memberOf } from "./member-of.ts";
import { readText } from "./normalise.ts";

/**
 * What a stream of chat completion chunks says, however it is divided: its text, its calls, how it ended, and which fields the
 * chunks have.
 */
export function readStream(text: string): Json {
  const frames = text.split("\n\n").filter((frame) => frame !== "");
  const chunks = frames.map((frame) => readText(frame.replace(/^data: ?/, "")));
  const deltas = chunks.map((chunk) => memberOf(firstChoice(chunk), "delta"));
  const reasons = chunks.map((chunk) => memberOf(firstChoice(chunk), "finish_reason"));
  const [first] = chunks;
  return {
    text: deltas.map((delta) => String(memberOf(delta, "content") ?? "")).join(""),
    // Safe: they come out of JSON.
    calls: deltas.flatMap((delta) => (memberOf(delta, "tool_calls") ?? []) as Json[]).map(readArguments),
    reason: String(reasons.findLast((reason) => typeof reason === "string")),
    last: typeof chunks.at(-1) === "string" ? String(chunks.at(-1)) : "a chunk",
    object: String(memberOf(first, "object")),
    model: String(memberOf(first, "model")),
    id: String(memberOf(first, "id")),
  };
}

function firstChoice(chunk: Json): unknown {
  return memberOf(memberOf(chunk, "choices"), "0");
}

function readArguments(call: Json): Json {
  const given = memberOf(memberOf(call, "function"), "arguments");
  return {
    name: String(memberOf(memberOf(call, "function"), "name")),
    arguments: typeof given === "string" ? readText(given) : null,
  };
}
