import type { ChatHistory, ChatMessage, ToolCall } from "./chat-history.ts";
import { invalidInput } from "./invalid-input.ts";
import type { Json } from "./json.ts";
import { readStructure } from "./structure-reader.ts";

/** The time of a message that was given without one. */
export const ZERO_TIMESTAMP = "0001-01-01T00:00:00Z";

const rfc3339 =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[-+]\d\d:\d\d)$/;

/** Checks a chat history; fields that it does not know are left out. Throws an `InputError` with the path of what is wrong. */
export function convertChatHistory(raw: unknown): ChatHistory {
  const history = readStructure(raw, "$");
  return {
    messages: history.list("messages", convertMessage),
    model: history.text("model", ""),
    inputTokens: history.whole("inputTokens", 0),
    outputTokens: history.whole("outputTokens", 0),
  };
}

/** Checks a call of a tool, as a model asked for it. */
export function convertToolCall(raw: Json, path: string): ToolCall {
  const call = readStructure(raw, path);
  const type = call.text("type", "function") || "function";
  if (type !== "function") throw invalidInput(call.path("type"), '"function"', "another type of tool");
  const target = call.child("function");
  return {
    id: call.text("id", ""),
    type,
    function: { name: target.text("name", ""), arguments: target.text("arguments", "") },
  };
}

function convertMessage(raw: Json, path: string): ChatMessage {
  const message = readStructure(raw, path);
  const content = message.optionalText("content");
  const callTools = message.list("callTools", convertToolCall);
  const toolCallId = message.optionalText("toolCallId");
  const finishReason = message.text("finishReason", "");
  const timestamp = message.text("timestamp", ZERO_TIMESTAMP);
  if (!rfc3339.test(timestamp)) {
    throw invalidInput(message.path("timestamp"), `a time such as ${ZERO_TIMESTAMP}`, "another text");
  }
  return {
    id: message.text("id", ""),
    role: message.text("role", ""),
    ...(content !== undefined && { content }),
    ...(callTools.length > 0 && { callTools }),
    ...(toolCallId !== undefined && { toolCallId }),
    ...((finishReason === "length" || finishReason === "content-filter") && { finishReason }),
    timestamp,
  };
}
