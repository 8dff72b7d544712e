import type { OpenCall } from "../routing/routed-call.ts";
import { follow } from "../surroundings/abort.ts";

/** The calls under way that belong to no run, so that closing the runtime ends them too. */
export class OpenCalls {
  readonly #open = new Map<AbortController, Promise<unknown>>();
  #ended: { readonly reason: unknown } | undefined;

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

  /** Begins a call that somebody else ends. Throws where all calls were ended. */
  open(signal: AbortSignal | undefined): OpenCall {
    if (this.#ended !== undefined) throw this.#ended.reason;
    const controller = new AbortController();
    const unfollow = follow(signal, controller);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#open.set(controller, promise);
    return {
      signal: controller.signal,
      close: () => {
        unfollow();
        this.#open.delete(controller);
        resolve();
      },
    };
  }

  /** Ends all of them with this reason, and waits until they have. Never rejects: their callers get the reason. */
  async end(reason: unknown): Promise<void> {
    this.#ended = { reason };
    const open = [...this.#open];
    for (const [controller] of open) controller.abort(reason);
    await Promise.allSettled(open.map(([, call]) => call));
  }
}
