/** The time and its timers. Everything in Catenary that waits or stamps a time asks this; nothing else does. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `callback` once after `delayMs` milliseconds, unless the returned function is called before. */
  setTimer(delayMs: number, callback: () => void): () => void;
}

/** The host's own clock. Timers keep the process alive, because somebody waits for what they guard. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/** Hosts keep a timer's delay in 32 bits; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
