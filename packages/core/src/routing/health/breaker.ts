import type { Random } from "../../surroundings/random.ts";

/** So many failures in a row open it. */
const MOST_CONSECUTIVE = 5;
/** Or this share of failures, of at least so many outcomes within the window. */
const MOST_FAILED_SHARE = 0.5;
const FEWEST_OUTCOMES = 10;
const WINDOW_MS = 30_000;
const PARTS = 6;
const PART_MS = WINDOW_MS / PARTS;
/** How long it stays open: so long for each time that it opened lately, up to the most, give or take the jitter. */
const OPEN_MS = 5_000;
const MOST_OPEN_MS = 60_000;
const JITTER = 0.1;
/** Who stayed closed for so long begins anew with the shortest time. */
const FORGIVEN_AFTER_MS = 60_000;

/** What a lease must know of the breaker to speak about it later. */
export interface Admission {
  /** Which of the breaker's states it was taken in: what began before a change says nothing about the time after it. */
  readonly era: number;
  /** Whether it is the one call that finds out whether an open breaker may close. */
  readonly isProbe: boolean;
}

/**
 * Keeps calls away from a candidate that fails. Without one, a candidate that fails at once looks fast and idle, and draws all
 * calls. Closed: calls pass. Open: none does, for a while. Then exactly one may find out; its success closes, its failure
 * opens for longer, and where it says nothing (it was cancelled, or refused for what it asked) another one may find out.
 */
export class Breaker {
  readonly #random: Random;
  #isOpen = false;
  #era = 0;
  #openUntil = 0;
  #opens = 0;
  #closedAt = Number.NEGATIVE_INFINITY;
  #probeIsOut = false;
  #consecutive = 0;
  #partAt = 0;
  readonly #succeeded = new Uint32Array(PARTS);
  readonly #failed = new Uint32Array(PARTS);

  constructor(random: Random) {
    this.#random = random;
  }

  /** Whether a call may pass: it is closed, or somebody has to find out whether it can close. */
  admits(now: number): boolean {
    return !this.#isOpen || (now >= this.#openUntil && !this.#probeIsOut);
  }

  /** Whether it is not closed. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** When somebody may find out, in milliseconds since the Unix epoch. Only of use while it is open. */
  get openUntil(): number {
    return this.#openUntil;
  }

  /** Takes part in a call that begins. Also where it does not admit one: such a call says nothing about it. */
  begin(now: number): Admission {
    const isProbe = this.#isOpen && this.admits(now);
    if (isProbe) this.#probeIsOut = true;
    return isProbe ? { era: this.#era, isProbe } : this.#plain();
  }

  succeeded(admission: Admission, now: number): void {
    if (admission.era !== this.#era) return;
    if (admission.isProbe) this.#close(now);
    if (this.#isOpen) return;
    this.#consecutive = 0;
    this.#count(this.#succeeded, now);
  }

  failed(admission: Admission, now: number): void {
    if (admission.era !== this.#era) return;
    if (admission.isProbe) this.#open(now);
    if (this.#isOpen) return;
    this.#consecutive++;
    this.#count(this.#failed, now);
    if (this.#consecutive >= MOST_CONSECUTIVE || this.#failsTooOften()) this.#open(now);
  }

  /** The call ended and says nothing about the candidate. */
  abstained(admission: Admission): void {
    if (admission.isProbe && admission.era === this.#era) this.#probeIsOut = false;
  }

  /** One for all calls between two changes, so that a call costs no object more. */
  #admission: Admission = { era: 0, isProbe: false };

  #plain(): Admission {
    if (this.#admission.era !== this.#era) this.#admission = { era: this.#era, isProbe: false };
    return this.#admission;
  }

  #open(now: number): void {
    if (!this.#isOpen && now - this.#closedAt >= FORGIVEN_AFTER_MS) this.#opens = 0;
    this.#opens++;
    const jitter = 1 + JITTER * (2 * this.#random() - 1);
    this.#openUntil = now + Math.min(OPEN_MS * this.#opens, MOST_OPEN_MS) * jitter;
    this.#change(true);
  }

  #close(now: number): void {
    this.#closedAt = now;
    this.#change(false);
  }

  #change(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#era++;
    this.#probeIsOut = false;
    this.#consecutive = 0;
    this.#succeeded.fill(0);
    this.#failed.fill(0);
  }

  #failsTooOften(): boolean {
    let failed = 0;
    let all = 0;
    for (let part = 0; part < PARTS; part++) {
      failed += this.#failed[part] ?? 0;
      all += (this.#failed[part] ?? 0) + (this.#succeeded[part] ?? 0);
    }
    return all >= FEWEST_OUTCOMES && failed >= all * MOST_FAILED_SHARE;
  }

  #count(outcomes: Uint32Array, now: number): void {
    const part = Math.floor(now / PART_MS);
    // A clock that was set back counts into the part that is open.
    const passed = Math.min(Math.max(part - this.#partAt, 0), PARTS);
    for (let next = 1; next <= passed; next++) {
      this.#succeeded[(this.#partAt + next) % PARTS] = 0;
      this.#failed[(this.#partAt + next) % PARTS] = 0;
    }
    this.#partAt = passed === PARTS ? part : this.#partAt + passed;
    const at = this.#partAt % PARTS;
    outcomes[at] = (outcomes[at] ?? 0) + 1;
  }
}
