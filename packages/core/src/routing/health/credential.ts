/** How long a backend that refused the credentials is passed over. */
const REFUSED_MS = 60_000;
/** And one whose account has nothing left, where it does not say how long. */
const SPENT_MS = 10 * 60_000;

/** Whether a backend takes the key that it is called with. Kept for each backend, never by the key. */
export class Credential {
  #until = 0;
  #markedAt = Number.NEGATIVE_INFINITY;
  #isSpent = false;

  /** Until when it is passed over, in milliseconds since the Unix epoch. */
  get until(): number {
    return this.#until;
  }

  /** Whether it did not take the key when it was last called. */
  get isDoubted(): boolean {
    return this.#until > 0;
  }

  /** Whether it is because the account has nothing left, and not because the key was refused. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  refused(now: number): void {
    this.#mark(now, REFUSED_MS, false);
  }

  spent(now: number, hintMs: number | undefined): void {
    this.#mark(now, Math.max(hintMs ?? SPENT_MS, REFUSED_MS), true);
  }

  /** A call that began at this time was answered, so the key is good. */
  answered(startedAt: number): void {
    if (startedAt >= this.#markedAt) this.#until = 0;
  }

  #mark(now: number, forMs: number, isSpent: boolean): void {
    if (now + forMs < this.#until) return;
    this.#until = now + forMs;
    this.#markedAt = now;
    this.#isSpent = isSpent;
  }
}
