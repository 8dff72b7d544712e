import type { Clock } from "@catenary/core";

/** Time in which only pauses before retries pass, and those at once. */
export interface SimulationClock extends Clock {
  /** The next timer that is set is such a pause. */
  expectPause(): void;
}

/**
 * A clock on which work takes no time: limits of time never run out, whatever an answering function waits for. A pause
 * moves the time by its length.
 */
export function createSimulationClock(startMs: number): SimulationClock {
  let now = startMs;
  let isPause = false;
  return {
    now: () => now,
    expectPause() {
      isPause = true;
    },
    setTimer(delayMs, callback) {
      if (!isPause) return () => {};
      isPause = false;
      let isStopped = false;
      queueMicrotask(() => {
        if (isStopped) return;
        now += delayMs;
        callback();
      });
      return () => {
        isStopped = true;
      };
    },
  };
}
