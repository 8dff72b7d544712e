import { isJsonObject, type Json, type JsonObject } from "../../src/value/json.ts";
import type { Answer, WireModelCall, WireRecord } from "./answer.ts";
import { normalise } from "./normalise.ts";
import { readText } from "./read-text.ts";
import type { RecordedCase } from "./recorded-case.ts";
import type { RecordedModelCall } from "./recordings.ts";

/** The original's answer. Where it answered 200 with an empty body, there is no output. */
export function theirAnswer(recorded: RecordedCase): Answer {
  const { status, body } = recorded.recorded;
  const calls = {
    modelCalls: (recorded.modelCalls ?? []).map(modelCall),
    hookCalls: recorded.hookCalls ?? [],
    repliesLeft: recorded.repliesLeft ?? 0,
  };
  const fields = isJsonObject(body) ? body : {};
  if (status !== 200) return { status: "failed", ...failedTask(fields), ...calls };
  const { output, outputType, state } = fields;
  return {
    status: "ok",
    ...(output !== undefined && { output: withReadArguments(output) }),
    ...(typeof outputType === "string" && { outputType }),
    // Safe: the recordings' README fixes the shape.
    state: (Array.isArray(state) ? (state as readonly JsonObject[]) : []).map(wireRecord),
    ...calls,
  };
}

function failedTask({ error }: JsonObject): { failedTask?: string } {
  const message = isJsonObject(error) && typeof error.message === "string" ? error.message : "";
  const named = /^task (\S+?)(?: failed after \d|: )/.exec(message)?.[1];
  return named === undefined ? {} : { failedTask: named };
}

function wireRecord(record: JsonObject): WireRecord {
  const { error, output, duration: _, ...others } = record;
  return {
    // Safe: the recordings' README fixes the shape.
    ...(others as unknown as WireRecord),
    failed: isJsonObject(error) && error.error !== "",
    output: withReadArguments(normalise(readText(typeof output === "string" ? output : ""))),
  };
}

function modelCall({ kind, model, prompt = "", system, messages, options = {} }: RecordedModelCall): WireModelCall {
  if (kind === "embed") return { model, embed: prompt, options };
  const asChat = [
    ...(system === undefined ? [] : [{ role: "system", content: system }]),
    { role: "user", content: prompt },
  ];
  return { model, messages: messages ?? asChat, options };
}

/** The arguments of tool calls are JSON texts, whose key order is free. */
export function withReadArguments(value: Json): Json {
  return JSON.parse(JSON.stringify(value), (key, inner) =>
    key === "arguments" && typeof inner === "string" ? readText(inner) : inner,
  );
}
