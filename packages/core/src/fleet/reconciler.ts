import { toErrorData } from "../errors/catenary-error.ts";
import type { FailureClass } from "../errors/failure-class.ts";
import type { Backend } from "../model/backend.ts";
import type { Clock } from "../surroundings/clock.ts";
import type { Logger } from "../surroundings/logger.ts";
import type { BackendState } from "./backend-state.ts";
import { type Declarations, missingModels } from "./declarations.ts";
import { isUnderWay } from "./download.ts";
import type { Downloads } from "./downloads.ts";
import type { Fleet } from "./fleet.ts";
import { Pruner } from "./pruner.ts";

export interface ReconcilerOptions {
  readonly fleet: Fleet;
  readonly downloads: Downloads;
  readonly backends: () => readonly Backend[];
  readonly declarations: () => Declarations;
  /** Follows what others changed in the record store. */
  readonly load: () => Promise<void>;
  /** Whether models that a backend should have and lacks are fetched. */
  readonly pulls: boolean;
  /** How often everything is looked at, in milliseconds. Undefined: only when somebody says so. */
  readonly everyMs: number | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How long a download that failed of what can pass, or after which the model was missing again, is not asked for anew. */
const ASK_AGAIN_AFTER_MS = 10 * 60_000;

/** Brings what the backends have closer to what was declared: asks all of them, has missing models fetched, deletes where that was asked for. */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #stopped = new AbortController();
  readonly #pruner: Pruner;
  #isStarted = false;
  #isLoading = false;
  #isRunning = false;
  /** Whether something was changed while it was running, which it may have seen or not. */
  #isOutdated = false;
  #stopTimer = () => {};
  /** What is not fetched because a backend that may serve it does not answer; told once. */
  #waiting: ReadonlySet<string> = new Set();

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#pruner = new Pruner(options, this.#stopped.signal);
  }

  /** Does it now. A backend that answers late delays what is done for the others by nothing. */
  async sync(): Promise<readonly BackendState[]> {
    const { fleet, load } = this.#options;
    this.#isLoading = true;
    try {
      await load();
    } finally {
      this.#isLoading = false;
    }
    const states = await fleet.sync();
    await Promise.all(states.map((state) => this.#pruner.prune(state)));
    return states;
  }

  /** Goes on in the background from now on, if the runtime is to do so. */
  start(): void {
    if (this.#options.everyMs === undefined) return;
    this.#isStarted = true;
    this.#syncSoon(0);
  }

  /** Something was declared, registered or removed. */
  changed(): void {
    if (!this.#isStarted || this.#isLoading) return;
    if (this.#isRunning) this.#isOutdated = true;
    else this.#syncSoon(0);
  }

  /** A backend has said what it serves. */
  answered(): void {
    const { fleet, downloads, backends, declarations, pulls, logger } = this.#options;
    if (!pulls) return;
    const waiting = new Set<string>();
    for (const { backend, model, waitsFor } of missingModels(
      backends(),
      (one) => fleet.lastState(one),
      declarations(),
    )) {
      if (waitsFor === undefined) {
        if (this.#mayAsk(backend, model)) downloads.create({ backend: backend.id, model });
      } else if (fleet.lastState(waitsFor)?.error !== undefined) {
        const place = { backend: backend.id, model, waitsFor: waitsFor.id };
        const key = JSON.stringify(place);
        waiting.add(key);
        if (!this.#waiting.has(key)) logger.log("warn", "download_waits", place);
      }
    }
    this.#waiting = waiting;
  }

  stop(): void {
    this.#isStarted = false;
    this.#stopTimer();
    this.#stopped.abort();
  }

  /** What somebody cancelled is not fetched behind their back. */
  #mayAsk(backend: Backend, model: string): boolean {
    const { downloads } = this.#options;
    if (downloads.isUnwanted(backend.id, model)) return false;
    const known = downloads.find(backend.id, model);
    if (known === undefined) return true;
    if (isUnderWay(known)) return false;
    if (known.error !== undefined && !CAN_PASS.has(known.error.failure)) return false;
    return this.#options.clock.now() - (known.endedAt ?? 0) >= ASK_AGAIN_AFTER_MS;
  }

  #syncSoon(delayMs: number): void {
    const { everyMs, clock } = this.#options;
    if (everyMs === undefined) return;
    this.#stopTimer();
    this.#stopTimer = clock.setTimer(delayMs, () => void this.#syncAndGoOn(everyMs), true);
  }

  /** Never rejects. */
  async #syncAndGoOn(everyMs: number): Promise<void> {
    this.#isRunning = true;
    this.#isOutdated = false;
    try {
      await this.sync();
    } catch (error) {
      this.#options.logger.log("error", "sync_failed", { error: toErrorData(error).message });
    }
    this.#isRunning = false;
    if (this.#isStarted) this.#syncSoon(this.#isOutdated ? 0 : everyMs);
  }
}

const CAN_PASS: ReadonlySet<FailureClass> = new Set(["rate_limit", "server_error", "timeout", "network"]);
