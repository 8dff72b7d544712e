import type { ChatMessage, ToolCall } from "../value/chat-history.ts";
import type { LanguageModelPrompt } from "./contract.ts";

type PromptMessage = LanguageModelPrompt[number];

/**
 * A conversation as the provider specification has it. Tool calls without an id (some servers give none) get one from
 * their place, and answers without an id go to the earliest call that nobody answered yet.
 */
export function promptOf(messages: readonly ChatMessage[]): LanguageModelPrompt {
  const open: { id: string; name: string }[] = [];
  return messages.map((message, place): PromptMessage => {
    const text = message.content ?? "";
    if (message.role === "system") return { role: "system", content: text };
    if (message.role === "assistant") return assistantMessage(text, message.callTools ?? [], place, open);
    if (message.role === "tool") return toolMessage(text, message, open);
    return { role: "user", content: [{ type: "text", text }] };
  });
}

function assistantMessage(
  text: string,
  calls: readonly ToolCall[],
  place: number,
  open: { id: string; name: string }[],
): PromptMessage {
  const toolCalls = calls.map((call, index) => {
    const toolCallId = call.id || `call_${place}_${index}`;
    open.push({ id: toolCallId, name: call.function.name });
    return {
      type: "tool-call" as const,
      toolCallId,
      toolName: call.function.name,
      input: parseArguments(call.function.arguments),
    };
  });
  const textParts = text === "" && toolCalls.length > 0 ? [] : [{ type: "text" as const, text }];
  return { role: "assistant", content: [...textParts, ...toolCalls] };
}

function toolMessage(text: string, message: ChatMessage, open: { id: string; name: string }[]): PromptMessage {
  const place = message.toolCallId ? open.findIndex((call) => call.id === message.toolCallId) : 0;
  const [call] = place === -1 ? [] : open.splice(place, 1);
  const toolCallId = message.toolCallId || call?.id || "";
  const toolName = call?.name ?? "";
  return {
    role: "tool",
    content: [{ type: "tool-result", toolCallId, toolName, output: { type: "text", value: text } }],
  };
}

/** Models write arguments that are no JSON; such text goes back as it came. */
function parseArguments(text: string): unknown {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
