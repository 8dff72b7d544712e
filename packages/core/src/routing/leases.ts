import type { Backend } from "../model/backend.ts";

/** A counted claim on a backend while a call is under way. */
export interface Lease {
  /** Gives it back. Calling it again does nothing. */
  release(): void;
}

/** How many calls are under way on each backend. */
export class Leases {
  readonly #held = new Map<Backend, number>();

  take(backend: Backend): Lease {
    this.#held.set(backend, this.held(backend) + 1);
    let released = false;
    return {
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
