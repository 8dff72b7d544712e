/** The same several times at once. Where one fails, so do all: the others are aborted. */
export async function together<T>(
  count: number,
  signal: AbortSignal,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<readonly T[]> {
  if (count === 1) return [await act(signal)];
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  try {
    return await Promise.all(Array.from({ length: count }, () => act(either)));
  } catch (error) {
    ended.abort(error);
    throw error;
  }
}
