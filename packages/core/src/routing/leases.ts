import type { FailureClass } from "../errors/failure-class.ts";
import type { FailureReason } from "../errors/model-error.ts";
import type { Backend } from "../model/backend.ts";

/** What became of a call. Whoever was cancelled says nothing about the candidate. */
export type CallOutcome =
  | { readonly is: "answered"; readonly inputTokens?: number | undefined; readonly outputTokens?: number | undefined }
  | {
      readonly is: "failed";
      readonly failure: FailureClass;
      readonly reason?: FailureReason | undefined;
      /** How long the server asked to wait, in milliseconds. */
      readonly retryAfterMs?: number | undefined;
    }
  | { readonly is: "cancelled" };

/** A counted claim on a candidate while a call is under way. */
export interface Lease {
  /** Says that the first piece of the answer is here. Only the first call counts. */
  firstToken(): void;
  /** Gives it back, with what became of the call. Calling it again does nothing. */
  release(outcome: CallOutcome): void;
}

/** How many calls are under way on each backend. */
export class Leases {
  readonly #held = new Map<Backend, number>();

  take(backend: Backend): Lease {
    this.#held.set(backend, this.held(backend) + 1);
    let released = false;
    return {
      firstToken: () => {},
      release: () => {
        if (released) return;
        released = true;
        const left = this.held(backend) - 1;
        if (left === 0) this.#held.delete(backend);
        else this.#held.set(backend, left);
      },
    };
  }

  held(backend: Backend): number {
    return this.#held.get(backend) ?? 0;
  }

  /** Over all backends. */
  get total(): number {
    let total = 0;
    for (const held of this.#held.values()) total += held;
    return total;
  }
}
