import { type LanguageModelStreamPart, mapStream } from "@catenary/core";
import { type Asked, toFailure } from "./to-failure.ts";

/** The same parts, with our errors: those that a server sends in the middle, and the one with which a stream breaks off. */
export function guardStream(
  stream: ReadableStream<LanguageModelStreamPart>,
  asked: Asked,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelStreamPart> {
  return mapStream(
    stream,
    (part) => (part.type === "error" ? { ...part, error: toFailure(part.error, asked) } : part),
    (error) => (signal?.aborted ? signal.reason : toFailure(error, asked)),
  );
}
