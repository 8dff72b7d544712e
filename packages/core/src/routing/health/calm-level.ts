const HALF_MS = 30_000;
const WINDOW_MS = 2 * HALF_MS;

/** How many calls at once a backend of unknown capacity is known to take, of late. */
export class CalmLevel {
  #half = 0;
  #now = 0;
  #before = 0;
  #tooManyAt = Number.NEGATIVE_INFINITY;

  /** Whether a call more would not be too many, as far as anybody knows: where none was of late, nothing speaks against it. */
  hasRoom(held: number, now: number): boolean {
    return now - this.#tooManyAt >= WINDOW_MS || held < Math.max(this.level(now), 1);
  }

  /** The most that it had of late with none of them being too many: of the last half to whole minute. 0: nothing is known. */
  level(now: number): number {
    this.#roll(now);
    return Math.max(this.#now, this.#before);
  }

  /** A call was answered that had been one of `held` when it began. */
  answered(held: number, now: number): void {
    this.#roll(now);
    this.#now = Math.max(this.#now, held);
  }

  /** A call ran out of time, or was told that there is no place, that had been one of `held` when it began: it was too many. */
  wasTooMany(held: number, now: number): void {
    this.#roll(now);
    this.#tooManyAt = now;
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
