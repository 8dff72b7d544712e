/**
 * A stream of what `map` makes of each part. Nothing is read ahead of what is asked for, and leaving it leaves the source.
 *
 * @param mapError What the stream fails with where the source fails, or `map` throws. Default: the same error.
 */
export function mapStream<In, Out>(
  source: ReadableStream<In>,
  map: (part: In) => Out,
  mapError: (error: unknown) => unknown = (error) => error,
): ReadableStream<Out> {
  const reader = source.getReader();
  return new ReadableStream<Out>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(map(value));
        } catch (error) {
          controller.error(mapError(error));
          // The source may be the one that failed; there is nothing more to learn from a second error.
          reader.cancel(error).catch(() => {});
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
