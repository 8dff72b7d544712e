import { type LanguageModelStreamPart, ModelError, mapStream } from "@catenary/core";
import { type Call, toFailure } from "./fail-with.ts";
import { streamFailure, type ToldInStream } from "./failures.ts";

/**
 * The same parts, with our errors: those that the server sends in the middle, and the one with which a stream breaks off. After an
 * abort it fails with the signal's reason. It also fails where it ends without Gemini's `finishReason`: what came may be half an answer.
 */
export function wrapStream(
  stream: ReadableStream<LanguageModelStreamPart>,
  call: Call,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelStreamPart> {
  return mapStream(
    stream,
    (part) => checked(part, call),
    (error) => (signal?.aborted ? signal.reason : toFailure(error, call)),
  );
}

function checked(part: LanguageModelStreamPart, call: Call): LanguageModelStreamPart {
  if (part.type === "error") return { ...part, error: toPartFailure(part.error, call) };
  if (part.type === "finish" && part.finishReason.unified === "interrupted") throw truncated(call);
  return part;
}

function toPartFailure(error: unknown, call: Call): Error {
  return (isTold(error) ? streamFailure(error, call) : undefined) ?? toFailure(error, call);
}

/** An error of a class is the AI SDK's: it could not read what came. What the server says is plain data. */
function isTold(error: unknown): error is ToldInStream {
  return typeof error === "object" && error !== null && !(error instanceof Error) && "data" in error;
}

function truncated({ backend, place, model }: Call): ModelError {
  return new ModelError(`the stream of ${place} ended without a finishReason, so the answer may be cut off`, {
    failure: "network",
    reason: "truncated",
    backend,
    model,
  });
}
