const NOBODY: readonly (() => void)[] = Object.freeze([]);

/** Somebody who reads, and how to end their wait. */
interface Reader {
  isGone: boolean;
  wake: () => void;
}

/**
 * The text of a run, as it grows. Every reader starts at the beginning and reads at its own pace: a slow one gets larger
 * pieces, and nobody waits for it. What a failed attempt wrote is taken back, unless a reader has it already.
 */
export class TextLog {
  #text = "";
  /** Up to here it stays, whatever happens. */
  #settled = 0;
  /** The farthest that any reader has come. */
  #read = 0;
  #ended = false;
  #error: unknown;
  #waiting = NOBODY;
  #readers = 0;

  /** Whether anybody reads. */
  get isRead(): boolean {
    return this.#readers > 0;
  }

  /** Whether a reader has a part of what can still be taken back. */
  get isTaken(): boolean {
    return this.#read > this.#settled;
  }

  append(text: string): void {
    this.#text += text;
    this.#wake();
  }

  /** The attempt that wrote the last part succeeded. */
  settle(): void {
    this.#settled = this.#text.length;
  }

  /** The attempt that wrote the last part failed, or the model that wrote its last `length` characters did. */
  takeBack(length = this.#text.length): void {
    // What a reader has cannot be taken back.
    this.#settled = Math.max(this.#settled, this.#read);
    this.#text = this.#text.slice(0, Math.max(this.#settled, this.#text.length - length));
  }

  /** No more comes. With an error, readers get it once they have read what there is. */
  end(error?: unknown): void {
    this.#ended = true;
    this.#error = error;
    this.#wake();
  }

  /** One reader, from the beginning. It may leave at any time, also while it waits. */
  read(): AsyncIterableIterator<string> {
    const reader: Reader = { isGone: false, wake: () => {} };
    const pieces = this.#pieces(reader);
    return {
      next: () => pieces.next(),
      return: () => {
        reader.isGone = true;
        reader.wake();
        return pieces.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  async *#pieces(reader: Reader): AsyncGenerator<string, void, void> {
    this.#readers++;
    try {
      for (let at = 0; !reader.isGone; ) {
        if (at < this.#text.length) {
          const piece = this.#text.slice(at);
          at = this.#text.length;
          this.#read = Math.max(this.#read, at);
          yield piece;
        } else if (this.#ended) {
          if (this.#error !== undefined) throw this.#error;
          return;
        } else {
          await new Promise<void>((resolve) => {
            reader.wake = resolve;
            this.#waiting = [...this.#waiting, resolve];
          });
        }
      }
    } finally {
      this.#readers--;
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting = NOBODY;
  }
}
