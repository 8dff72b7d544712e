/** Something that is to happen. */
export interface Scheduled {
  readonly atMs: number;
  /** It will not happen. */
  cancel(): void;
}

interface Entry extends Scheduled {
  readonly order: number;
  act: (() => void) | undefined;
}

/** Virtual time: what is to happen, in the order in which it happens; at the same time, in the order in which it was said. */
export class EventQueue {
  readonly #heap: Entry[] = [];
  #nowMs = 0;
  #order = 0;

  get nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, act: () => void): Scheduled {
    const entry: Entry = {
      atMs: this.#nowMs + delayMs,
      order: this.#order++,
      act,
      cancel: () => {
        entry.act = undefined;
      },
    };
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    return entry;
  }

  /** Lets time pass until nothing is left to happen, or until `endMs`. */
  run(endMs: number): void {
    for (let next = this.#take(); next !== undefined && next.atMs <= endMs; next = this.#take()) {
      if (next.act === undefined) continue;
      this.#nowMs = next.atMs;
      next.act();
    }
  }

  #take(): Entry | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #rise(from: number): void {
    for (let index = from; index > 0; ) {
      const above = (index - 1) >> 1;
      if (!this.#swapIfLater(above, index)) return;
      index = above;
    }
  }

  #sink(): void {
    for (let index = 0; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const sooner = this.#isLater(left, right) ? right : left;
      if (!this.#swapIfLater(index, sooner)) return;
      index = sooner;
    }
  }

  #swapIfLater(above: number, below: number): boolean {
    const [upper, lower] = [this.#heap[above], this.#heap[below]];
    if (upper === undefined || lower === undefined || !this.#isLater(above, below)) return false;
    this.#heap[above] = lower;
    this.#heap[below] = upper;
    return true;
  }

  /** Whether the entry at `first` happens after the one at `second`, where both are there. */
  #isLater(first: number, second: number): boolean {
    const [a, b] = [this.#heap[first], this.#heap[second]];
    if (a === undefined || b === undefined) return false;
    return a.atMs > b.atMs || (a.atMs === b.atMs && a.order > b.order);
  }
}
