import type { CandidateHealth } from "../health/candidate-health.ts";

const MOST_SESSIONS = 10_000;
const FORGOTTEN_AFTER_MS = 30 * 60_000;

interface Pin {
  readonly candidate: CandidateHealth;
  at: number;
}

/** Which candidate each session was last sent to. Those that were not used for the longest time are forgotten first. */
export class Sessions {
  readonly #pins = new Map<string, Pin>();

  get size(): number {
    return this.#pins.size;
  }

  last(session: string, now: number): CandidateHealth | undefined {
    const pin = this.#pins.get(session);
    if (pin === undefined) return undefined;
    if (now - pin.at < FORGOTTEN_AFTER_MS) return pin.candidate;
    this.#pins.delete(session);
    return undefined;
  }

  pin(session: string, candidate: CandidateHealth, now: number): void {
    this.#pins.delete(session);
    this.#pins.set(session, { candidate, at: now });
    if (this.#pins.size <= MOST_SESSIONS) return;
    const [oldest] = this.#pins.keys();
    if (oldest !== undefined) this.#pins.delete(oldest);
  }
}
