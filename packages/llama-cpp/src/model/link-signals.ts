export interface LinkedSignal {
  /** Aborted with the reason of the first of them that is. */
  readonly signal: AbortSignal;
  /** Takes the listeners away. */
  unlink(): void;
}

/** One signal out of several, which leaves no listener behind on those that live longer than a call. */
export function linkSignals(...signals: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const controller = new AbortController();
  const leaves = signals.flatMap((signal) => {
    if (signal === undefined) return [];
    const abort = () => controller.abort(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    return [() => signal.removeEventListener("abort", abort)];
  });
  return {
    signal: controller.signal,
    unlink() {
      for (const leave of leaves) leave();
    },
  };
}
