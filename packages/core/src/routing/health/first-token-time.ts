/** How fast what was measured loses its weight, in milliseconds. */
const TAU_MS = 10_000;
/** Of a candidate that was not measured, where nobody was. */
export const PRIOR_FIRST_TOKEN_MS = 1_000;

/**
 * How long the first piece of an answer takes, in milliseconds. A slower one counts at once and in full, a faster one bit by bit. While
 * nothing is measured the value goes back to what is usual among its peers, never to nothing: who was slow once is asked again.
 */
export class FirstTokenTime {
  #value: number | undefined;
  #updatedAt = Number.NEGATIVE_INFINITY;

  /** As it was last measured. */
  get measured(): number | undefined {
    return this.#value;
  }

  /** In milliseconds since the Unix epoch. */
  get updatedAt(): number {
    return this.#updatedAt;
  }

  answered(tookMs: number, now: number): void {
    const value = this.#value;
    if (value === undefined || tookMs > value) this.#value = Math.max(tookMs, 1);
    else {
      const kept = Math.exp(-Math.max(now - this.#updatedAt, 0) / TAU_MS);
      this.#value = Math.max(value * kept + tookMs * (1 - kept), 1);
    }
    this.#updatedAt = now;
  }

  /** What is to be expected now. */
  expected(now: number, usual: number): number {
    if (this.#value === undefined) return usual;
    const kept = Math.exp(-Math.max(now - this.#updatedAt, 0) / TAU_MS);
    return usual + (this.#value - usual) * kept;
  }
}
