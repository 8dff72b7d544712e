import type { Backend } from "../../model/backend.ts";
import { WaitingLine } from "../waiting/waiting-line.ts";
import { CalmLevel } from "./calm-level.ts";
import { Credential } from "./credential.ts";
import { RateLimits } from "./rate-limits.ts";

/** How many may wait for each place of a backend. */
const WAITING_PER_PLACE = 2;
const MOST_WAITING_UNKNOWN = 256;
const QUEUE_TIMEOUT_MS = 30_000;
const FIRST_TOKEN_TIMEOUT_MS = 60_000;

/** What is known about a backend, whichever of its models is called. */
export class BackendHealth {
  /** The backend's id. */
  readonly id: string;
  /** How many calls are under way. */
  held = 0;
  /** How many calls it takes at once. `Infinity`: nobody said. */
  readonly concurrency: number;
  readonly weight: number;
  readonly priority: number;
  readonly spillAt: number;
  /** How long a call may wait for a place, in milliseconds. */
  readonly queueTimeoutMs: number;
  readonly line: WaitingLine;
  readonly credential = new Credential();
  readonly calm = new CalmLevel();
  readonly limits: RateLimits | undefined;
  readonly #offerPlaces: () => void;

  constructor({ id, routing = {} }: Backend) {
    const { concurrency = Infinity, firstTokenTimeoutMs = FIRST_TOKEN_TIMEOUT_MS } = routing;
    const patienceMs = firstTokenTimeoutMs > 0 ? firstTokenTimeoutMs / 2 : Infinity;
    this.id = id;
    this.concurrency = concurrency;
    this.weight = routing.weight ?? 1;
    this.priority = routing.priority ?? 0;
    this.spillAt = routing.spillAt ?? 1;
    this.queueTimeoutMs = routing.queueTimeoutMs ?? Math.min(QUEUE_TIMEOUT_MS, patienceMs);
    const byPlaces = Number.isFinite(concurrency) ? WAITING_PER_PLACE * concurrency : MOST_WAITING_UNKNOWN;
    this.line = new WaitingLine(routing.queueLength ?? byPlaces);
    this.limits = RateLimits.of(routing);
    const hasPlace = () => this.hasPlace;
    this.#offerPlaces = () => this.line.offer(hasPlace);
  }

  get hasPlace(): boolean {
    return this.held < this.concurrency;
  }

  /** What it can take, next to others: its places; where those are not known, its weight. */
  get capacity(): number {
    return this.concurrency === Infinity ? this.weight : this.concurrency;
  }

  /** A call is over. Whoever waits for its place gets it now. */
  leave(): void {
    this.held--;
    if (this.line.length > 0) this.#offerPlaces();
  }
}
