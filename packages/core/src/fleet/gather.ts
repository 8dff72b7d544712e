import { orAborted } from "../surroundings/abort.ts";
import type { Clock } from "../surroundings/clock.ts";
import type { Asking, BackendState } from "./backend-state.ts";

export interface Gathering {
  /** Whether these states are enough to go on with, although others are not there yet. */
  readonly isEnough: (states: readonly BackendState[]) => boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** After so many milliseconds what a backend said when it was asked before stands for its answer. Default: never. */
  readonly patienceMs?: number | undefined;
}

/**
 * How long a backend may take to answer before calls pass it over. Without it the first call would go to whoever answers
 * fastest, and a list that needs no request would always win over the backend that is preferred.
 */
const HEAD_START_MS = 500;

/**
 * The states of backends of which some are still being asked: all of them where they answer soon, else those that are there as
 * soon as they are enough. Rejects with the signal's reason when that aborts, and with what `isEnough` throws: what a call wants may
 * be gone by the time that it is asked.
 */
export async function gather(
  asked: readonly (BackendState | Asking)[],
  { isEnough, clock, signal, patienceMs }: Gathering,
): Promise<readonly BackendState[]> {
  const states = asked.map((one) => ("state" in one ? undefined : one));
  const pending = asked.filter((one) => "state" in one);
  const headStartMs = Math.max(0, ...pending.map(({ since }) => since + HEAD_START_MS - clock.now()));
  let isOver = headStartMs === 0;
  const stopTimers: (() => void)[] = [];
  const gathered = new Promise<readonly BackendState[]>((resolve, reject) => {
    const goOn = () => {
      const known = states.filter((state) => state !== undefined);
      try {
        if (known.length === asked.length || (isOver && isEnough(known))) resolve(known);
      } catch (error) {
        // Called by a timer and by answers, where nobody else would catch it.
        reject(error);
      }
    };
    for (const [index, one] of asked.entries()) {
      if (!("state" in one)) continue;
      void one.state.then((state) => {
        states[index] = state;
        goOn();
      }, reject);
    }
    if (patienceMs !== undefined) {
      const goBack = () => {
        for (const [index, one] of asked.entries()) if ("state" in one) states[index] ??= one.last;
        goOn();
      };
      stopTimers.push(clock.setTimer(patienceMs, goBack));
    }
    if (isOver) return goOn();
    const end = () => {
      isOver = true;
      goOn();
    };
    stopTimers.push(clock.setTimer(headStartMs, end));
  });
  try {
    return await orAborted(gathered, signal);
  } finally {
    for (const stopTimer of stopTimers) stopTimer();
  }
}
