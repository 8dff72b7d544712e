import { orAborted } from "./abort.ts";
import type { Clock } from "./clock.ts";

/** Waits; rejects with the signal's reason as soon as that aborts. */
export async function pause(delayMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
  let stop = () => {};
  const over = new Promise<void>((resolve) => {
    stop = clock.setTimer(delayMs, resolve);
  });
  try {
    await orAborted(over, signal);
  } finally {
    stop();
  }
}
