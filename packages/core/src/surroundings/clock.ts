/** The time and its timers. Everything in Catenary that waits or stamps a time asks this; nothing else does. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Calls `callback` once after `delayMs` milliseconds, unless the returned function is called before.
   *
   * @param isBackground Whether nobody waits for it, so that it need not keep the process alive. Default false.
   */
  setTimer(delayMs: number, callback: () => void, isBackground?: boolean): () => void;
}

/** The host's own clock. Timers keep the process alive, because somebody waits for what they guard; those in the background do not. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(delayMs, callback, isBackground = false) {
    const timer: unknown = setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS));
    if (isBackground) letGo(timer);
    // Safe: it is what setTimeout gave, which is a number on some hosts and an object on others.
    return () => clearTimeout(timer as number);
  },
};

/** Hosts keep a timer's delay in 32 bits; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Timers of Node, Bun and Deno are objects that can be told not to keep the process alive; elsewhere there is none to keep. */
function letGo(timer: unknown): void {
  if (typeof timer === "object" && timer !== null && "unref" in timer && typeof timer.unref === "function")
    timer.unref();
}
