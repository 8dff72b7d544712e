/**
 * Waits for work, but no longer than for a while: then its signal aborts, and what it has done by then has to do.
 *
 * @param ms 0: for as long as it takes.
 * @param signal Rejects with its reason as soon as it aborts, whether the work listens or not.
 */
export async function within(
  ms: number,
  signal: AbortSignal | undefined,
  work: (patience: AbortSignal) => Promise<unknown>,
): Promise<void> {
  signal?.throwIfAborted();
  const aborter = new AbortController();
  let leave = () => {};
  const ended = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const end = () => {
    aborter.abort(signal?.aborted ? signal.reason : undefined);
    leave();
  };
  const timer = ms === 0 ? undefined : setTimeout(end, ms);
  signal?.addEventListener("abort", end, { once: true });
  try {
    await Promise.race([
      ended,
      work(aborter.signal).catch((error: unknown) => {
        if (!aborter.signal.aborted) throw error;
      }),
    ]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
  signal?.throwIfAborted();
}
