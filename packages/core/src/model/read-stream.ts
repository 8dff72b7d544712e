import { ModelError } from "../errors/model-error.ts";
import type { ToolCall } from "../value/chat-history.ts";
import { NO_USAGE, type Usage } from "../value/usage.ts";
import type { LanguageModelStreamPart } from "./contract.ts";
import { type ModelReply, toolCallOf, usageOf } from "./reply.ts";

/**
 * Reads a model's stream to its end and hands every piece of text on. Rejects where the stream says `error`, and where it
 * ends without saying that it is finished: what came may be half an answer. Leaving early cancels the stream.
 */
export async function readStream(
  stream: ReadableStream<LanguageModelStreamPart>,
  onText: (text: string) => void,
): Promise<ModelReply> {
  let text = "";
  const toolCalls: ToolCall[] = [];
  let finishReason: ModelReply["finishReason"] | undefined;
  let usage: Usage = NO_USAGE;
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const part = next.value;
      if (part.type === "text-delta") {
        if (part.delta === "") continue;
        text += part.delta;
        onText(part.delta);
      } else if (part.type === "tool-call") {
        toolCalls.push(toolCallOf(part.toolCallId, part.toolName, part.input));
      } else if (part.type === "finish") {
        finishReason = part.finishReason.unified;
        usage = usageOf(part.usage);
      } else if (part.type === "error") {
        throw part.error;
      }
    }
  } catch (error) {
    // The source may be the one that failed; there is nothing more to learn from a second error.
    reader.cancel(error).catch(() => {});
    throw error;
  } finally {
    reader.releaseLock();
  }
  if (finishReason === undefined) {
    throw new ModelError("the stream ended without saying that it is finished, so the answer may be cut off", {
      failure: "network",
    });
  }
  return { text, toolCalls, finishReason, usage };
}
