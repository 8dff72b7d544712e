import type { ReplyScript } from "@catenary/testing";
import type { RecordedReply } from "./recordings.ts";

/** A recorded reply of Ollama as its adapter would hand it on. */
export function scriptedReply(reply: RecordedReply): ReplyScript {
  const { text, toolCalls, embedding, status, error, doneReason, delayMs } = reply;
  return {
    ...(text !== undefined && { text }),
    ...(embedding !== undefined && { embedding }),
    ...(delayMs !== undefined && { delayMs }),
    ...(status !== undefined && status !== 200 && { error: { status, message: error ?? "" } }),
    ...(toolCalls !== undefined && {
      toolCalls: toolCalls.map((call) => ({ id: "", name: call.function.name, args: call.function.arguments })),
    }),
    ...(doneReason !== undefined && { finishReason: REASONS[doneReason] ?? "other" }),
  };
}

const REASONS: Readonly<Record<string, "stop" | "length" | "error">> = {
  stop: "stop",
  length: "length",
  error: "error",
};
