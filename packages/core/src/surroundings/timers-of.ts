import type { Clock } from "./clock.ts";

/** The two functions of the platform's timers that p-timeout uses, on a clock. */
export function timersOf(clock: Clock): {
  readonly setTimeout: typeof globalThis.setTimeout;
  readonly clearTimeout: typeof globalThis.clearTimeout;
} {
  const start = (callback: () => void, delayMs: number) => clock.setTimer(delayMs, callback);
  const stop = (cancel: () => void) => cancel();
  // Safe: p-timeout calls the first with a callback and a delay only, and hands what it got back to the second.
  return { setTimeout: start, clearTimeout: stop } as unknown as ReturnType<typeof timersOf>;
}
