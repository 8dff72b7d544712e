import type { ToolCall } from "../value/chat-history.ts";
import type { Usage } from "../value/usage.ts";
import type { LanguageModelResult, LanguageModelUsage } from "./contract.ts";

/** What a model answered, as plain data. */
export interface ModelReply {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: LanguageModelResult["finishReason"]["unified"];
  readonly usage: Usage;
}

/** The parts of a provider's result that the runtime works with. */
export function replyOf(result: LanguageModelResult): ModelReply {
  let text = "";
  const toolCalls: ToolCall[] = [];
  for (const part of result.content) {
    if (part.type === "text") text += part.text;
    else if (part.type === "tool-call") toolCalls.push(toolCallOf(part.toolCallId, part.toolName, part.input));
  }
  return { text, toolCalls, finishReason: result.finishReason.unified, usage: usageOf(result.usage) };
}

export function toolCallOf(id: string, name: string, input: string): ToolCall {
  return { id, type: "function", function: { name, arguments: input } };
}

export function usageOf(usage: LanguageModelUsage): Usage {
  return { inputTokens: usage.inputTokens?.total, outputTokens: usage.outputTokens?.total };
}
