/** A value, and which of several sources it came from. */
export interface From<T> {
  readonly source: number;
  readonly value: T;
}

/**
 * Several sources as one, each value as it comes. The first failure is the failure of all. Whoever stops reading ends them all.
 *
 * @param onEnd Called when nothing more is read, so that sources can be told that are still at work. Default: nothing.
 */
export async function* merged<T>(sources: readonly AsyncGenerator<T>[], onEnd = () => {}): AsyncGenerator<From<T>> {
  const [only] = sources;
  if (only !== undefined && sources.length === 1) {
    for await (const value of only) yield { source: 0, value };
    return;
  }
  const waiting = new Map<number, Promise<readonly [number, IteratorResult<T>]>>();
  const ask = (generator: AsyncGenerator<T>, source: number) =>
    waiting.set(
      source,
      generator.next().then((result) => [source, result] as const),
    );
  sources.forEach(ask);
  try {
    while (waiting.size > 0) {
      const [source, { done, value }] = await Promise.race(waiting.values());
      waiting.delete(source);
      const generator = sources[source];
      if (done === true || generator === undefined) continue;
      ask(generator, source);
      yield { source, value };
    }
  } finally {
    onEnd();
    // What is still on its way is of no interest to anybody, its failure included.
    for (const late of waiting.values()) late.catch(() => {});
    for (const generator of sources) generator.return(undefined).catch(() => {});
  }
}
