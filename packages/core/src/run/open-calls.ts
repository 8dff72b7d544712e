import type { CallOwner, CancelCall } from "../routing/call/call-owner.ts";
import { yieldToHost } from "../surroundings/yield-to-host.ts";

/** The calls under way that belong to no run, so that closing the runtime ends them too. */
export class OpenCalls implements CallOwner {
  readonly #cancels = new Set<CancelCall>();
  #end: { readonly reason: unknown } | undefined;

  add(cancel: CancelCall): void {
    if (this.#end === undefined) this.#cancels.add(cancel);
    else cancel(this.#end.reason);
  }

  remove(cancel: CancelCall): void {
    this.#cancels.delete(cancel);
  }

  /** Ends all of them with this reason, and waits until their callers have had their turn with it. */
  async end(reason: unknown): Promise<void> {
    this.#end = { reason };
    for (const cancel of [...this.#cancels]) cancel(reason);
    await yieldToHost();
  }
}
