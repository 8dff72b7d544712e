import { CatenaryError } from "../../errors/catenary-error.ts";
import { asJson } from "../../value/as-json.ts";
import type { ChatHistory, ChatMessage } from "../../value/chat-history.ts";
import type { TypedValue } from "../../value/typed-value.ts";
import { historyOf, isHistory } from "./kinds.ts";

/** The variable's messages, then the output's, repeats included. Token counts are added; the model is the common or the only one. */
export function mergeChatHistories(output: TypedValue, variable: TypedValue): TypedValue {
  if (!isHistory(output) || !isHistory(variable)) {
    throw new CatenaryError(
      "compose_failed",
      `the strategy merge_chat_histories needs two chat histories, and got an output of type ${output.type} and a variable of type ${variable.type}`,
    );
  }
  return merge(historyOf(output), historyOf(variable).messages, historyOf(variable));
}

/** The same, but an output that already begins with the variable's messages does not get them twice. */
export function joinChatHistories(output: TypedValue, variable: TypedValue): TypedValue {
  const first = historyOf(variable);
  const last = historyOf(output);
  if (!beginsWith(last.messages, first.messages)) return merge(last, first.messages, first);
  return asValue({ ...last, model: commonModel(first, last) });
}

function merge(last: ChatHistory, before: readonly ChatMessage[], first: ChatHistory): TypedValue {
  return asValue({
    messages: [...before, ...last.messages],
    model: commonModel(first, last),
    inputTokens: first.inputTokens + last.inputTokens,
    outputTokens: first.outputTokens + last.outputTokens,
  });
}

function commonModel(a: ChatHistory, b: ChatHistory): string {
  if (a.model === b.model || b.model === "") return a.model;
  return a.model === "" ? b.model : "";
}

/** Whether `messages` starts with `prefix`, not counting system messages that a task put before it. */
function beginsWith(messages: readonly ChatMessage[], prefix: readonly ChatMessage[]): boolean {
  let start = 0;
  while (!startsAt(messages, prefix, start)) {
    if (messages[start]?.role !== "system") return false;
    start++;
  }
  return true;
}

function startsAt(messages: readonly ChatMessage[], prefix: readonly ChatMessage[], start: number): boolean {
  return prefix.every((message, place) => {
    const other = messages[start + place];
    return other !== undefined && sameMessage(message, other);
  });
}

function sameMessage(a: ChatMessage, b: ChatMessage): boolean {
  return (
    a.role === b.role &&
    (a.content ?? "") === (b.content ?? "") &&
    a.toolCallId === b.toolCallId &&
    JSON.stringify(a.callTools ?? []) === JSON.stringify(b.callTools ?? [])
  );
}

function asValue(history: ChatHistory): TypedValue {
  return { type: "chat_history", value: asJson(history) };
}
