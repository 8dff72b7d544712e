import { type CpuTimes, freeCores, readCpuTimes } from "./free-cores.ts";

/** What tells llama.cpp how many threads may compute. */
export interface ThreadLimit {
  /** For all models together; 0: as many as each of them wants. */
  maxThreads: number;
}

/**
 * Fits the number of threads to the cores that other programs leave free. llama.cpp's threads wait for each other by spinning:
 * one that shares its core with another program makes all of them a hundred times slower, and one too few costs its share.
 */
export interface CoreShare {
  /** A call begins to compute. Returns what ends that. */
  enter(): () => void;
  /** Looks again. Only between two computations: to be called where none of the call's own is under way. */
  adjust(): void;
}

/** How much of a core may be busy for it to count as free. */
const TOLERANCE = 0.3;

/** @param most Threads, however many cores are free. */
export function createCoreShare(limit: ThreadLimit, most: number, look: () => CpuTimes = readCpuTimes): CoreShare {
  let last = look();
  let running = 0;
  // Until something is known one core is left to others.
  limit.maxThreads = Math.max(1, most - 1);
  const adjust = () => {
    // Another call may be in the middle of a computation, with threads that were counted before.
    if (running > 1) return;
    const now = look();
    const free = freeCores(last, now);
    if (free === undefined) return;
    last = now;
    limit.maxThreads = Math.max(1, Math.min(most, Math.floor(free + TOLERANCE)));
  };
  return {
    adjust,
    enter() {
      adjust();
      running += 1;
      return () => {
        running -= 1;
      };
    },
  };
}

/** For who said how many threads there are to be. */
export const FIXED: CoreShare = { adjust: () => {}, enter: () => () => {} };
