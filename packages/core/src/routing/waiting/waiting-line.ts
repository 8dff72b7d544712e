/** Asked when there is a place: takes it and says so, or does not need it. */
export type Waiter = () => boolean;

/**
 * Calls that wait for a place on one backend, first come, first served. Nobody polls: whoever gives a place back offers it, within
 * the same turn of the event loop. Joining and leaving cost the same however many wait.
 */
export class WaitingLine {
  readonly #most: number;
  readonly #waiters = new Set<Waiter>();
  #isOffering = false;

  /** @param most How many may wait. */
  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#waiters.size;
  }

  get isFull(): boolean {
    return this.#waiters.size >= this.#most;
  }

  /**
   * Stands behind those who wait already. Whoever takes a place when asked, or gives up, leaves every line that it stands in.
   *
   * @returns What leaves the line; undefined where it is full.
   */
  join(waiter: Waiter): (() => void) | undefined {
    if (this.isFull) return undefined;
    this.#waiters.add(waiter);
    return () => void this.#waiters.delete(waiter);
  }

  /** Asks those who wait, in order, as long as there is a place. One who has no use for it stays where it is. */
  offer(hasPlace: () => boolean): void {
    // A place that comes back while another is offered is offered by the loop that runs.
    if (this.#isOffering) return;
    this.#isOffering = true;
    try {
      for (let wasTaken = true; wasTaken; ) {
        wasTaken = false;
        for (const waiter of this.#waiters) {
          if (!hasPlace()) return;
          wasTaken = waiter() || wasTaken;
        }
      }
    } finally {
      this.#isOffering = false;
    }
  }
}
