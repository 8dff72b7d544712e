const SECONDS = 60;

/**
 * How much was spent within the last minute, to the second. What falls into the second in which the minute began still counts,
 * so that no minute, wherever it begins, ever sees more than the limit.
 */
export class MinuteWindow {
  readonly #spent = new Float64Array(SECONDS + 1);
  #second = 0;
  #total = 0;

  total(now: number): number {
    this.#roll(now);
    return this.#total;
  }

  add(amount: number, now: number): void {
    this.#roll(now);
    const at = this.#second % this.#spent.length;
    this.#spent[at] = (this.#spent[at] ?? 0) + amount;
    this.#total += amount;
  }

  /** When no more than `most` will be left of what was spent, in milliseconds since the Unix epoch; `now`: that is so already. Less than nothing is never left. */
  fallsTo(most: number, now: number): number {
    this.#roll(now);
    if (most < 0) return now + SECONDS * 1_000;
    let left = this.#total;
    for (let age = SECONDS; age >= 0 && left > most; age--) {
      left -= this.#spent[(this.#second - age + this.#spent.length) % this.#spent.length] ?? 0;
      if (left <= most) return (this.#second - age + this.#spent.length) * 1_000;
    }
    return now;
  }

  #roll(now: number): void {
    const second = Math.floor(now / 1_000);
    const passed = second - this.#second;
    if (passed <= 0) return;
    if (passed >= this.#spent.length) {
      this.#spent.fill(0);
      this.#total = 0;
      this.#second = second;
      return;
    }
    for (let next = this.#second + 1; next <= second; next++) {
      const at = next % this.#spent.length;
      this.#total -= this.#spent[at] ?? 0;
      this.#spent[at] = 0;
    }
    this.#second = second;
  }
}
