import { follow } from "../surroundings/abort.ts";

/** The calls under way that belong to no run, so that closing the runtime ends them too. */
export class OpenCalls {
  readonly #open = new Map<AbortController, Promise<unknown>>();

  /** Makes a call with a signal that aborts when `signal` does, and when all calls are ended. */
  make<T>(signal: AbortSignal | undefined, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const unfollow = follow(signal, controller);
    const call = act(controller.signal).finally(() => {
      unfollow();
      this.#open.delete(controller);
    });
    this.#open.set(controller, call);
    return call;
  }

  /** Ends all of them with this reason, and waits until they have. Never rejects: their callers get the reason. */
  async end(reason: unknown): Promise<void> {
    const open = [...this.#open];
    for (const [controller] of open) controller.abort(reason);
    await Promise.allSettled(open.map(([, call]) => call));
  }
}
