export interface BoundedStreamOptions<T> {
  /** How many values wait for a slow reader. */
  readonly capacity: number;
  /** Makes one of two neighbours that wait, once half of the capacity is used; undefined where that cannot be. */
  readonly merge?: (last: T, next: T) => T | undefined;
  /** What the reader gets in the place of values that had to go. */
  readonly dropped: (count: number) => T;
  /** Called once when the reader leaves or the stream has ended. */
  readonly onClose?: () => void;
}

/**
 * Values pushed on one side, read on the other. A reader that is slower than the writer loses the oldest of what waits
 * and is told how many, so that neither the writer waits nor memory grows. One reader.
 */
export class BoundedStream<T> implements AsyncIterableIterator<T> {
  readonly #options: BoundedStreamOptions<T>;
  readonly #waiting: T[] = [];
  #lost = 0;
  #ended = false;
  /** Calls of `next` that wait, in the order in which they came. */
  #readers: (() => void)[] = [];

  constructor(options: BoundedStreamOptions<T>) {
    this.#options = options;
  }

  push(value: T): void {
    if (this.#ended) return;
    const { capacity, merge } = this.#options;
    const last = this.#waiting.length * 2 >= capacity ? this.#waiting.at(-1) : undefined;
    const merged = last === undefined ? undefined : merge?.(last, value);
    if (merged === undefined) this.#waiting.push(value);
    else this.#waiting[this.#waiting.length - 1] = merged;
    if (this.#waiting.length > capacity) {
      this.#waiting.shift();
      this.#lost++;
    }
    this.#wake();
  }

  /** No more values come; those that wait can still be read. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.onClose?.();
    this.#wake();
  }

  async next(): Promise<IteratorResult<T>> {
    for (;;) {
      if (this.#lost > 0) {
        const count = this.#lost;
        this.#lost = 0;
        return { done: false, value: this.#options.dropped(count) };
      }
      const value = this.#waiting.shift();
      if (value !== undefined) return { done: false, value };
      if (this.#ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#readers.push(resolve);
      });
    }
  }

  /** The reader leaves: what waits is dropped. */
  async return(): Promise<IteratorResult<T>> {
    this.#waiting.length = 0;
    this.#lost = 0;
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #wake(): void {
    if (this.#readers.length === 0) return;
    const readers = this.#readers;
    this.#readers = [];
    for (const wake of readers) wake();
  }
}
