import { TypeMismatchError } from "../errors/type-mismatch-error.ts";
import { asJson } from "../value/as-json.ts";
import type { ChatHistory, ChatMessage } from "../value/chat-history.ts";
import type { OpenAIChatChoice, OpenAIChatResponse } from "../value/openai-chat.ts";
import type { Handler } from "./handler.ts";

/** Turns a conversation into the answer that clients of OpenAI's chat completions expect: its last message is the choice. */
export const convertToOpenAIChatResponse: Handler = {
  execute(context) {
    const { input, task, startedAt } = context;
    if (input.type !== "chat_history") {
      throw new TypeMismatchError(`task ${task.id} (${task.handler}) needs a chat_history, and got ${input.type}`, {
        expected: "chat_history",
        actual: input.type,
        handler: task.handler,
      });
    }
    // Safe: a value of this type was checked when it came in, or made by a handler.
    const history = input.value as unknown as ChatHistory;
    const last = history.messages.at(-1);
    const response: OpenAIChatResponse = {
      id: `chatcmpl-${context.newId()}`,
      object: "chat.completion",
      created: Math.floor(startedAt / 1000),
      model: history.model,
      choices: last === undefined ? [] : [choiceOf(last)],
      usage: {
        prompt_tokens: history.inputTokens,
        completion_tokens: history.outputTokens,
        total_tokens: history.inputTokens + history.outputTokens,
      },
    };
    return { output: { type: "openai_chat_response", value: asJson(response) }, outcome: "converted" };
  },
};

function choiceOf(message: ChatMessage): OpenAIChatChoice {
  const { role, callTools = [], content, finishReason } = message;
  if (callTools.length === 0) {
    return { index: 0, message: { role, content: content ?? "" }, finish_reason: FINISH[finishReason ?? "stop"] };
  }
  // Text beside tool calls is part of the answer.
  return {
    index: 0,
    message: { role, ...(content && { content }), tool_calls: callTools },
    finish_reason: "tool_calls",
  };
}

const FINISH = { stop: "stop", length: "length", "content-filter": "content_filter" } as const;
