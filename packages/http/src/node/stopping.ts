/** Told why the server stops. */
export type OnStop = (reason: unknown) => void;

/**
 * Whoever wants to know when the server stops. A signal would tell it too, but not cheaply: a listener that was removed from one still
 * points to the next, so that each request that has grown old keeps all later ones in memory until a full collection.
 */
export class Stopping {
  readonly #listeners = new Set<OnStop>();
  #isStopped = false;
  #reason: unknown;

  /** Calls `listener` once, at once where the server has stopped. */
  add(listener: OnStop): void {
    if (this.#isStopped) listener(this.#reason);
    else this.#listeners.add(listener);
  }

  remove(listener: OnStop): void {
    this.#listeners.delete(listener);
  }

  stop(reason: unknown): void {
    this.#isStopped = true;
    this.#reason = reason;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener(reason);
  }
}
