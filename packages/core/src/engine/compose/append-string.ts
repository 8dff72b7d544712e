import { CatenaryError } from "../../errors/catenary-error.ts";
import { asJson } from "../../value/as-json.ts";
import type { ChatHistory, ChatMessage } from "../../value/chat-history.ts";
import type { TypedValue } from "../../value/typed-value.ts";
import { historyOf, isHistory, isText } from "./kinds.ts";

/** A string and a history, in either order: the string becomes a system message before the others. Token counts start anew. */
export function appendString(output: TypedValue, variable: TypedValue, at: number): TypedValue {
  if (isText(output) && isHistory(variable)) return prepend(String(output.value), historyOf(variable), at);
  if (isHistory(output) && isText(variable)) return prepend(String(variable.value), historyOf(output), at);
  throw new CatenaryError(
    "compose_failed",
    `the strategy append_string_to_chat_history needs a string and a chat history, and got an output of type ${output.type} and a variable of type ${variable.type}`,
  );
}

function prepend(text: string, history: ChatHistory, at: number): TypedValue {
  const first: ChatMessage = { id: "", role: "system", content: text, timestamp: new Date(at).toISOString() };
  const combined: ChatHistory = { ...history, messages: [first, ...history.messages], inputTokens: 0, outputTokens: 0 };
  return { type: "chat_history", value: asJson(combined) };
}
