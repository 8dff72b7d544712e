import type { RecordedCall, RecordedChatCall } from "@catenary/testing";
import type { JsonObject } from "../../src/value/json.ts";
import type { WireModelCall } from "./answer.ts";
import { readText } from "./read-text.ts";

/** The calls that came to the backend, as the recordings write them. */
export function modelCalls(calls: readonly RecordedCall[]): readonly WireModelCall[] {
  return calls.map((call) => {
    if (call.kind === "embed") return { model: call.model, embed: call.text, options: {} };
    const { prompt, abortSignal: _, ...options } = call.options;
    // Safe: what is left are numbers, texts and lists.
    return { model: call.model, messages: prompt.map(message), options: options as unknown as JsonObject };
  });
}

function message({ role, content }: RecordedChatCall["prompt"][number]): JsonObject {
  if (typeof content === "string") return { role, content };
  const texts = content.map((part) => {
    if (part.type === "text") return part.text;
    return part.type === "tool-result" && part.output.type === "text" ? part.output.value : "";
  });
  const calls = content.flatMap((part) =>
    part.type === "tool-call" ? [{ name: part.toolName, arguments: readText(JSON.stringify(part.input)) }] : [],
  );
  return { role, content: texts.join(""), ...(calls.length > 0 && { tool_calls: calls }) };
}
