import type { LanguageModelStreamPart } from "@catenary/core";

/**
 * The parts that `produce` yields, as a stream that makes the next one only when it is asked for. It fails with the signal's
 * reason when that aborts; a reader that cancels stops the producer, even in the middle of a wait.
 */
export function partStream(
  produce: (signal: AbortSignal) => AsyncGenerator<LanguageModelStreamPart>,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelStreamPart> {
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  const parts = produce(stop.signal);
  const release = () => signal?.removeEventListener("abort", onAbort);

  return new ReadableStream<LanguageModelStreamPart>(
    {
      async pull(controller) {
        try {
          stop.signal.throwIfAborted();
          const { done, value } = await parts.next();
          if (!done) return controller.enqueue(value);
          release();
          controller.close();
        } catch (error) {
          release();
          controller.error(error);
        }
      },
      cancel(reason) {
        release();
        stop.abort(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
