import type { LanguageModelCallOptions, LanguageModelStreamPart } from "@catenary/core";
import { linkSignals } from "../model/link-signals.ts";
import type { Emit } from "./part-writer.ts";

type Stream = ReadableStream<LanguageModelStreamPart>;
type Answer = (call: LanguageModelCallOptions, emit: Emit) => Promise<void>;

/**
 * A call as a stream. Resolves with it when the call has its place, so that what can be refused before is refused here; a
 * reader who cancels ends the call. A failure after that is a part of the stream, an abort makes the stream itself fail.
 */
export function streamCall(call: LanguageModelCallOptions, answer: Answer): Promise<Stream> {
  const reading = new AbortController();
  const linked = linkSignals(call.abortSignal, reading.signal);
  return new Promise((resolve, reject) => {
    let controller: ReadableStreamDefaultController<LanguageModelStreamPart> | undefined;
    const emit: Emit = (part) => {
      controller ??= start(resolve, reading);
      if (!reading.signal.aborted) controller.enqueue(part);
    };
    answer({ ...call, abortSignal: linked.signal }, emit)
      .then(
        () => {
          if (!reading.signal.aborted) controller?.close();
        },
        (error: unknown) => {
          if (controller === undefined) return reject(error);
          if (call.abortSignal?.aborted) return controller.error(call.abortSignal.reason);
          if (reading.signal.aborted) return;
          controller.enqueue({ type: "error", error });
          controller.close();
        },
      )
      .finally(() => linked.unlink());
  });
}

function start(
  resolve: (stream: Stream) => void,
  reading: AbortController,
): ReadableStreamDefaultController<LanguageModelStreamPart> {
  let made: ReadableStreamDefaultController<LanguageModelStreamPart> | undefined;
  resolve(
    new ReadableStream<LanguageModelStreamPart>({
      start(controller) {
        made = controller;
      },
      cancel: () => reading.abort(new DOMException("the reader left", "AbortError")),
    }),
  );
  // `start` runs before the constructor returns.
  if (made === undefined) throw new TypeError("a stream was made without its controller");
  return made;
}
