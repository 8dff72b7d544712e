/** How many further tries may be made at once, and how many each call adds. */
const MOST = 20;
const PER_CALL = 0.1;
/** Sums of tenths are not exact: ten calls must pay for one try. */
const PRECISION = 1e-9;

/**
 * How many further tries calls may make. Where everything fails, tries of all calls would be several times the load; so they
 * may be a tenth of the calls, and a few at once. Shared by the calls of one group.
 */
export class RetryBudget {
  #left = MOST;

  get left(): number {
    return this.#left;
  }

  get isEmpty(): boolean {
    return this.#left < 1 - PRECISION;
  }

  /** A call makes its first try. */
  earn(): void {
    this.#left = Math.min(this.#left + PER_CALL, MOST);
  }

  /** A call makes a further try. */
  spend(): void {
    this.#left = Math.max(this.#left - 1, 0);
  }
}
