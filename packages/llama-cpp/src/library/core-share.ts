import { type CpuTimes, freeCores, readCpuTimes } from "./free-cores.ts";

/** What tells llama.cpp how many threads may compute. */
export interface ThreadLimit {
  /** For all models together; 0: as many as each of them wants. */
  maxThreads: number;
}

/**
 * Fits the number of threads to the cores that other programs leave free, less one for this process's own JavaScript, which samples each
 * token and hands it on. llama.cpp's threads wait for each other: one that shares its core makes all of them two to a hundred times
 * slower, and one too few costs its share.
 */
export interface CoreShare {
  /**
   * A call begins to compute.
   *
   * @param threads How many somebody wants it to use, however many cores are free.
   */
  enter(threads?: number): CoreLease;
  /** Makes a context. A limit at that moment would be its own for ever. */
  withoutLimit<T>(make: () => Promise<T>): Promise<T>;
}

export interface CoreLease {
  /** Looks again. Only between two computations: to be called where none of the call's own is under way. */
  adjust(): void;
  /** The call computes no more. */
  leave(): void;
}

/** How much of a core may be busy for it to count as free. */
const TOLERANCE = 0.3;

/** How many threads compute beside the one that runs JavaScript. */
const beside = (cores: number) => Math.max(1, cores - 1);

/** @param most Cores, however many are free. */
export function createCoreShare(limit: ThreadLimit, most: number, look: () => CpuTimes = readCpuTimes): CoreShare {
  let last = look();
  let running = 0;
  let fitting = beside(most);
  limit.maxThreads = fitting;
  let before = fitting;
  let making = 0;
  const adjust = (threads: number | undefined) => {
    // Another call may be in the middle of a computation, with threads that were counted before.
    if (running > 1 || making > 0) return;
    const now = look();
    const free = freeCores(last, now);
    if (free !== undefined) {
      last = now;
      fitting = beside(Math.min(most, Math.floor(free + TOLERANCE)));
    }
    const wanted = threads ?? fitting;
    if (limit.maxThreads !== wanted) limit.maxThreads = wanted;
  };
  return {
    async withoutLimit(make) {
      if (making === 0) before = limit.maxThreads;
      making += 1;
      limit.maxThreads = 0;
      try {
        return await make();
      } finally {
        making -= 1;
        // The one that was: other calls may hold threads that were counted under it.
        if (making === 0) limit.maxThreads = before;
      }
    },
    enter(threads) {
      running += 1;
      adjust(threads);
      let isOver = false;
      return {
        adjust: () => adjust(threads),
        leave() {
          if (!isOver) running -= 1;
          isOver = true;
        },
      };
    },
  };
}

/** For graphics cards, which leave little to the processor. */
export const UNLIMITED: CoreShare = {
  enter: () => ({ adjust: () => {}, leave: () => {} }),
  withoutLimit: (make) => make(),
};
