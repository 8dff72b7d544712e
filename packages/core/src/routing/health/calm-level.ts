const HALF_MS = 30_000;

/** The most calls that a backend of unknown capacity had at once, of late, with none of them running out of time. */
export class CalmLevel {
  #half = 0;
  #now = 0;
  #before = 0;

  /** Of the last half to whole minute. 0: nothing is known. */
  level(now: number): number {
    this.#roll(now);
    return Math.max(this.#now, this.#before);
  }

  /** A call was answered that had been one of `held` when it began. */
  answered(held: number, now: number): void {
    this.#roll(now);
    this.#now = Math.max(this.#now, held);
  }

  /** A call ran out of time that had been one of `held` when it began: it was too many. */
  timedOut(held: number, now: number): void {
    this.#roll(now);
    this.#now = Math.min(this.#now, held - 1);
    this.#before = Math.min(this.#before, held - 1);
  }

  #roll(now: number): void {
    const half = Math.floor(now / HALF_MS);
    if (half <= this.#half) return;
    this.#before = half === this.#half + 1 ? this.#now : 0;
    this.#now = 0;
    this.#half = half;
  }
}
