/**
 * Runs one call of an adapter. Where it was aborted it rejects with the signal's reason, whatever came of it; else with what
 * `toFailure` makes of the error.
 */
export async function failWith<T>(
  toFailure: (error: unknown) => unknown,
  signal: AbortSignal | undefined,
  run: () => PromiseLike<T>,
): Promise<T> {
  signal?.throwIfAborted();
  try {
    return await run();
  } catch (error) {
    signal?.throwIfAborted();
    throw toFailure(error);
  }
}
