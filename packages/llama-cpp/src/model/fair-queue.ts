/** Things that one at a time may use, given in the order in which they were asked for. */
export interface FairQueue<T extends object> {
  /**
   * Waits for one. Rejects with the signal's reason when it is aborted first.
   *
   * @param choose Which of several free ones. Default: the first.
   */
  acquire(signal?: AbortSignal, choose?: (free: readonly T[]) => T): Promise<T>;
  /** Gives one back, which whoever has waited longest gets. */
  release(one: T): void;
  /** How many wait. */
  readonly waiting: number;
}

interface Waiter<T> {
  readonly give: (one: T) => void;
}

export function createFairQueue<T extends object>(all: readonly T[]): FairQueue<T> {
  const free = [...all];
  // In the order of their arrival; a set, because those who leave leave from the middle.
  const waiters = new Set<Waiter<T>>();
  return {
    get waiting() {
      return waiters.size;
    },
    async acquire(signal, choose) {
      signal?.throwIfAborted();
      const [first] = free;
      if (first !== undefined) {
        const chosen = choose?.(free) ?? first;
        free.splice(free.indexOf(chosen), 1);
        return chosen;
      }
      return new Promise<T>((resolve, reject) => {
        const leave = () => {
          waiters.delete(waiter);
          reject(signal?.reason);
        };
        const waiter: Waiter<T> = {
          give(one) {
            signal?.removeEventListener("abort", leave);
            resolve(one);
          },
        };
        waiters.add(waiter);
        signal?.addEventListener("abort", leave, { once: true });
      });
    },
    release(one) {
      const [next] = waiters;
      if (next === undefined) {
        free.push(one);
        return;
      }
      waiters.delete(next);
      next.give(one);
    },
  };
}
