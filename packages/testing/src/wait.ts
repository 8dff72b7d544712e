import type { Clock } from "@catenary/core";

/** Resolves after `delayMs` by `clock`, or rejects with the signal's reason as soon as it aborts. Zero and less does not wait. */
export function wait(clock: Clock, delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  if (!(delayMs > 0)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      stopTimer();
      reject(signal?.reason);
    };
    const stopTimer = clock.setTimer(delayMs, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** Never resolves; rejects with the signal's reason when it aborts. */
export function hang(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
