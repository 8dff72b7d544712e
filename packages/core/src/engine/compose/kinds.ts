import type { ChatHistory } from "../../value/chat-history.ts";
import { isJsonObject, type Json, type JsonObject } from "../../value/json.ts";
import type { TypedValue } from "../../value/typed-value.ts";

/** True for a chat history, also where it was declared to be `any` or `json`. */
export function isHistory(typed: TypedValue): boolean {
  if (typed.type === "chat_history") return true;
  if (typed.type !== "any" && typed.type !== "json") return false;
  const { value } = typed;
  return (
    isJsonObject(value) &&
    Array.isArray(value.messages) &&
    typeof value.inputTokens === "number" &&
    value.messages.every(isMessage)
  );
}

function isMessage(message: Json): boolean {
  return isJsonObject(message) && typeof message.role === "string";
}

/** True for an object that is no structure of its own (a conversation, a chat request, …). */
export function isObject(typed: TypedValue): boolean {
  return (typed.type === "json" || typed.type === "any") && isJsonObject(typed.value) && !isHistory(typed);
}

export function isText(typed: TypedValue): boolean {
  return typeof typed.value === "string";
}

/** Only after `isHistory`. */
export function historyOf(typed: TypedValue): ChatHistory {
  // Safe: a value declared chat_history was checked when it came in or was made by a handler; others were looked at by isHistory.
  return typed.value as unknown as ChatHistory;
}

/** Only after `isObject`. */
export function objectOf(typed: TypedValue): JsonObject {
  // Safe: isObject saw that it is an object.
  return typed.value as JsonObject;
}
