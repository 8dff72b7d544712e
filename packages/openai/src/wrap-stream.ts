import { CatenaryError, errorBodyOf, type LanguageModelStreamPart, ModelError, refusalOf } from "@catenary/core";
import { type Call, toFailure } from "./fail-with.ts";

/**
 * The same parts, with our errors: those that the server sends in the middle, the one with which a stream breaks off, and one where
 * it ends and the server never said that it is finished. After an abort it fails with the signal's reason.
 */
export function wrapStream(
  stream: ReadableStream<LanguageModelStreamPart>,
  call: Call,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelStreamPart> {
  const reader = stream.getReader();
  return new ReadableStream<LanguageModelStreamPart>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          if (value.type === "finish" && value.finishReason.unified === "interrupted") {
            controller.enqueue({ type: "error", error: truncated(call) });
            return controller.enqueue({ ...value, finishReason: { unified: "error", raw: undefined } });
          }
          controller.enqueue(value.type === "error" ? { ...value, error: toStreamFailure(value.error, call) } : value);
        } catch (error) {
          controller.error(signal?.aborted ? signal.reason : toFailure(error, call));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read ahead of what is asked for.
    { highWaterMark: 0 },
  );
}

/** For servers other than OpenAI's own the AI SDK has this complaint instead, the only one about data without any. */
function isUnfinished(error: unknown): boolean {
  if (!(error instanceof Error) || error.name !== "AI_InvalidResponseDataError") return false;
  return "data" in error && error.data === undefined;
}

function truncated({ backend, place, model }: Call): ModelError {
  const words = `${place} ended its answer without saying that it is finished, so the answer may be cut off`;
  return new ModelError(words, { failure: "network", reason: "truncated", backend, model });
}

function toStreamFailure(error: unknown, call: Call): Error {
  const { backend, place, model, hide } = call;
  if (isUnfinished(error)) return truncated(call);
  // An error of a class is the AI SDK's: it could not read what came. What the server says is plain data.
  if (CatenaryError.isInstance(error) || error instanceof Error) return toFailure(error, call);
  const body = errorBodyOf(error);
  if (body.words === "") return toFailure(error, call);
  const isAboutRate = body.codes.length === 0 && /rate_?limit|too many requests/i.test(body.words);
  const refusal = isAboutRate ? { failure: "rate_limit" as const } : refusalOf(undefined, body);
  return new ModelError(`${place} failed while it answered: ${hide(body.words)}`, { ...refusal, backend, model });
}
