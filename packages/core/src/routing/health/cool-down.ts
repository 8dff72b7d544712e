/** Where the server does not say how long: so long, twice as long each time that it says so again, up to the most. */
const UNHINTED_MS = 5_000;
const MOST_UNHINTED_MS = 60_000;
/** What a server asks for is believed up to here. */
const MOST_HINTED_MS = 5 * 60_000;
/** "At once" is said by servers that refused a moment ago. */
const LEAST_HINTED_MS = 100;

/** How long a candidate asked not to be called. The end never moves to an earlier time. */
export class CoolDown {
  #until = 0;
  #hintedUntil = 0;
  #times = 0;
  #beganAt = Number.NEGATIVE_INFINITY;

  /** In milliseconds since the Unix epoch. */
  get until(): number {
    return this.#until;
  }

  /** Until when the server itself said that it is to be left alone, in milliseconds since the Unix epoch; not after `until`. */
  get hintedUntil(): number {
    return this.#hintedUntil;
  }

  /**
   * The candidate asked for it.
   *
   * @param startedAt When the call began that was told so. Calls that were under way together are one refusal, not many.
   * @param hintMs How long the server said, in milliseconds.
   */
  begin(startedAt: number, now: number, hintMs: number | undefined): void {
    const isAnother = startedAt >= this.#beganAt;
    const unhintedMs = Math.min(UNHINTED_MS * 2 ** (isAnother ? this.#times : this.#times - 1), MOST_UNHINTED_MS);
    const waitMs = hintMs === undefined ? unhintedMs : Math.min(Math.max(hintMs, LEAST_HINTED_MS), MOST_HINTED_MS);
    if (isAnother) {
      this.#times++;
      this.#beganAt = now;
    }
    this.#until = Math.max(this.#until, now + waitMs);
    if (hintMs !== undefined) this.#hintedUntil = Math.max(this.#hintedUntil, now + waitMs);
  }

  /** A call that began at this time was answered: the next time without a hint is short again. */
  answered(startedAt: number): void {
    if (startedAt >= this.#beganAt) this.#times = 0;
  }
}
