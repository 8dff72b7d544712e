import { ModelError } from "../errors/model-error.ts";
import { ReplyError } from "../errors/reply-error.ts";
import type { ToolCall } from "../value/chat-history.ts";
import { describeKind } from "../value/describe-kind.ts";
import { NO_USAGE, type Usage } from "../value/usage.ts";
import type { LanguageModelStreamPart, LanguageModelStreamResult } from "./contract.ts";
import { isContent } from "./is-content.ts";
import { type ModelReply, toolCallOf, usageOf } from "./reply.ts";
import { textsOfWarnings } from "./text-of-warning.ts";

/** Is told that something comes, to know who is silent. */
export interface StreamWatcher {
  /** A part came, whatever it says. */
  piece(): void;
  /** A part of the answer came. */
  content(): void;
}

export interface ReadOptions {
  readonly onText: (text: string) => void;
  readonly signal: AbortSignal;
  readonly watcher?: StreamWatcher;
}

/**
 * Reads a model's stream to its end and hands every piece of text on. Rejects where the stream says `error`, and where it
 * ends without saying that it is finished: what came may be half an answer. Leaving early cancels the stream. So does the
 * signal, at once and with its reason, whether the provider listens to it or not: nothing more is pulled out of the source.
 */
export async function readStream(
  stream: ReadableStream<LanguageModelStreamPart>,
  { onText, signal, watcher }: ReadOptions,
): Promise<ModelReply> {
  let text = "";
  const toolCalls: ToolCall[] = [];
  let finishReason: ModelReply["finishReason"] | undefined;
  let usage: Usage = NO_USAGE;
  let warnings: readonly string[] = [];
  const reader = stream.getReader();
  // The source may be the one that failed; there is nothing more to learn from a second error.
  const leave = (reason: unknown) => reader.cancel(reason).catch(() => {});
  const stop = () => leave(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    signal.throwIfAborted();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const part = next.value;
      if (isContent(part)) watcher?.content();
      else watcher?.piece();
      if (part.type === "text-delta") {
        if (part.delta === "") continue;
        text += part.delta;
        onText(part.delta);
      } else if (part.type === "tool-call") {
        toolCalls.push(toolCallOf(part.toolCallId, part.toolName, part.input));
      } else if (part.type === "finish") {
        finishReason = part.finishReason.unified;
        usage = usageOf(part.usage);
      } else if (part.type === "stream-start") {
        warnings = textsOfWarnings(part.warnings);
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
  // That is the AI SDK's word for a stream whose model never told why it stopped.
  if (finishReason === undefined || finishReason === "interrupted") throw truncated();
  return { text, toolCalls, finishReason, usage, ...(warnings.length > 0 && { warnings }) };
}

/** Half an answer must not pass for a whole one. */
export function truncated(): ModelError {
  return new ModelError("the stream ended without saying that it is finished, so the answer may be cut off", {
    failure: "network",
    reason: "truncated",
  });
}

/** The stream in what a provider gave. Providers are not all written in TypeScript. */
export function streamOf(result: Partial<LanguageModelStreamResult> | undefined): LanguageModelStreamResult["stream"] {
  const stream = result?.stream;
  if (typeof stream?.getReader === "function") return stream;
  throw new ReplyError(`the provider was to answer with a stream, and it is ${describeKind(stream)}`);
}
