import type { Clock } from "@catenary/core";
import { CatenaryError } from "@catenary/core";
import { checkOptions } from "./check-options.ts";

export interface VirtualClockOptions {
  /** Where the time starts, in milliseconds since the Unix epoch. Default 0. */
  readonly now?: number;
}

/** A clock that stands still until a test moves it. */
export interface VirtualClock extends Clock {
  /** How many timers have yet to fire. */
  readonly pending: number;
  /**
   * Moves the time `ms` milliseconds ahead and fires the timers that fall due on the way, in order of time, then of
   * insertion. After each, everything that awaits it goes on as far as it can, and timers set there fire too.
   */
  advance(ms: number): Promise<void>;
  /** Fires timers, the earliest first, until none is left. Rejects where they never end. */
  runAll(): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** What still sets new timers after so many is taken to be an endless loop. */
const MOST_TIMERS = 100_000;

/**
 * A clock for tests: pass it as `clock`, start the work, and `await clock.advance(1000)`.
 *
 * @throws CatenaryError `settings_invalid` for options that are none.
 */
export function createVirtualClock(options: VirtualClockOptions = {}): VirtualClock {
  checkOptions("createVirtualClock()", options, ["now"]);
  let now = options.now ?? 0;
  // Sets keep the order of insertion, which breaks ties.
  const timers = new Set<Timer>();

  function earliest(): Timer | undefined {
    let found: Timer | undefined;
    for (const timer of timers) if (found === undefined || timer.at < found.at) found = timer;
    return found;
  }

  async function fireUntil(target: number): Promise<void> {
    await settle();
    for (let fired = 0; ; fired++) {
      const timer = earliest();
      if (timer === undefined || timer.at > target) return;
      if (fired === MOST_TIMERS) throw endlessTimers();
      timers.delete(timer);
      now = Math.max(now, timer.at);
      timer.callback();
      await settle();
    }
  }

  return {
    now: () => now,
    setTimer(delayMs, callback) {
      const timer: Timer = { at: now + Math.max(delayMs || 0, 0), callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    get pending() {
      return timers.size;
    },
    async advance(ms) {
      if (!(ms >= 0)) throw new CatenaryError("clock_invalid", `advance() expects milliseconds ≥ 0, got ${ms}.`);
      const target = now + ms;
      await fireUntil(target);
      now = Math.max(now, target);
    },
    runAll: () => fireUntil(Number.POSITIVE_INFINITY),
  };
}

/** One turn of the host's event loop: every promise that can settle now has settled after it, however long the chain. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function endlessTimers(): CatenaryError {
  return new CatenaryError(
    "clock_endless",
    `runAll() expects timers to come to an end, but ${MOST_TIMERS} fired and there are more. Use advance(ms) for what repeats.`,
  );
}
