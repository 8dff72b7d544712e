import { ModelError } from "../errors/model-error.ts";
import type { ToolCall } from "../value/chat-history.ts";
import { NO_USAGE, type Usage } from "../value/usage.ts";
import type { LanguageModelStreamPart } from "./contract.ts";
import { type ModelReply, toolCallOf, usageOf } from "./reply.ts";

/**
 * Reads a model's stream to its end and hands every piece of text on. Rejects where the stream says `error`, and where it
 * ends without saying that it is finished: what came may be half an answer. Leaving early cancels the stream. So does the
 * signal, at once and with its reason, whether the provider listens to it or not: nothing more is pulled out of the source.
 */
export async function readStream(
  stream: ReadableStream<LanguageModelStreamPart>,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<ModelReply> {
  let text = "";
  const toolCalls: ToolCall[] = [];
  let finishReason: ModelReply["finishReason"] | undefined;
  let usage: Usage = NO_USAGE;
  const reader = stream.getReader();
  // The source may be the one that failed; there is nothing more to learn from a second error.
  const leave = (reason: unknown) => reader.cancel(reason).catch(() => {});
  const stop = () => leave(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    signal.throwIfAborted();
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
      // Whoever got the text may have aborted it.
      signal.throwIfAborted();
    }
    // A cancelled stream looks like one that has ended.
    signal.throwIfAborted();
  } catch (error) {
    leave(error);
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    reader.releaseLock();
  }
  if (finishReason === undefined) {
    throw new ModelError("the stream ended without saying that it is finished, so the answer may be cut off", {
      failure: "network",
    });
  }
  return { text, toolCalls, finishReason, usage };
}
