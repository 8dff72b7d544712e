/** Wakes those who wait when what they could be given changed: something was registered, changed or removed, or a backend said what it serves. */
export class Changes {
  readonly #listeners = new Set<() => unknown>();

  /** How many wait. */
  get size(): number {
    return this.#listeners.size;
  }

  /** @returns What ends it. */
  follow(listener: () => unknown): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Tells those who wait, first come first. */
  tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
