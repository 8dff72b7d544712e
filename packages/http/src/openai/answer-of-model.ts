import type { LanguageModelResult, ToolCall } from "@catenary/core";
import type { Answered } from "./completion.ts";
import { finishReasonOf } from "./finish-reason.ts";
import { modelUsage } from "./model-usage.ts";

/** What a model answered, whole. */
export function answerOfModel({ content, finishReason, usage, response }: LanguageModelResult): Answered {
  let text = "";
  let reasoning: string | undefined;
  const toolCalls: ToolCall[] = [];
  for (const part of content) {
    if (part.type === "text") text += part.text;
    else if (part.type === "reasoning") reasoning = (reasoning ?? "") + part.text;
    else if (part.type === "tool-call") {
      const { toolCallId: id, toolName: name, input } = part;
      toolCalls.push({ id, type: "function", function: { name, arguments: input } });
    }
  }
  return {
    text,
    ...(reasoning !== undefined && { reasoning }),
    toolCalls,
    finishReason: finishReasonOf(finishReason.unified, toolCalls.length > 0),
    usage: modelUsage(usage),
    model: response?.modelId,
  };
}
