import type { Random } from "../../surroundings/random.ts";
import type { BackendHealth } from "./backend-health.ts";
import { Breaker } from "./breaker.ts";
import { CoolDown } from "./cool-down.ts";
import { FirstTokenTime } from "./first-token-time.ts";
import { TokenTime } from "./token-time.ts";

/** A model that answered within this time is in its server's memory, whatever the last list said. */
const STAYS_LOADED_MS = 5 * 60_000;

/** What is known about a model on a backend, from the calls that it got. One object for each pair, for as long as the backend lives. */
export class CandidateHealth {
  /** Made of the backend's and the model's id: the same in every process. */
  readonly hash: number;
  readonly backend: BackendHealth;
  readonly breaker: Breaker;
  readonly coolDown = new CoolDown();
  readonly tokenTime = new TokenTime();
  readonly firstTokenTime = new FirstTokenTime();
  /** How many calls are under way. */
  held = 0;
  /** Since when the backend says that it does not have the model, in milliseconds since the Unix epoch. */
  missingSince: number | undefined;
  #answeredAt = Number.NEGATIVE_INFINITY;

  constructor(hash: number, backend: BackendHealth, random: Random) {
    this.hash = hash;
    this.backend = backend;
    this.breaker = new Breaker(random);
  }

  answered(now: number): void {
    this.#answeredAt = now;
  }

  /** Whether it answered so lately that its server need not load it. */
  isWarm(now: number): boolean {
    return now - this.#answeredAt < STAYS_LOADED_MS;
  }
}
