import type { Clock } from "../../surroundings/clock.ts";
import type { BackendHealth } from "../health/backend-health.ts";
import type { Chosen, Full, Nobody, Selection } from "../selection/selection.ts";
import type { Changes } from "./changes.ts";

/** How a wait ended. */
export type WaitEnd =
  | Chosen
  | Nobody
  /** So many wait already that this one may not. */
  | { readonly is: "line_full" }
  /** No place came free in time. */
  | { readonly is: "timed_out" }
  /** Choosing threw. */
  | { readonly is: "failed"; readonly error: unknown };

export interface StandInLine {
  readonly clock: Clock;
  /** Chooses anew; called whenever there may be a place. */
  readonly select: () => Selection;
  /** Told where something else than a place may have changed who can be chosen. Default: nothing does. */
  readonly changes?: Changes;
  /** How long the wait may last at most, in milliseconds. Default: as long as the most patient of the backends says. */
  readonly mostMs?: number;
  /** Called once, maybe before `standInLine` returns; never after the wait was given up. */
  readonly onEnd: (end: WaitEnd) => void;
}

/**
 * Waits until one of the backends has a place: stands in the line of each that may be chosen, leaves all of them when it has got a place
 * or may not hope for one any more. Between two places nothing runs.
 *
 * ```js
 * const selection = selector.select(candidates, options);
 * if (selection.is === "full") {
 *   const giveUp = standInLine(selection, { clock, select: () => selector.select(candidates, now()), onEnd });
 * }
 * ```
 *
 * @returns What gives the wait up.
 */
export function standInLine(full: Full, waiting: StandInLine): () => void {
  const wait = new Wait(waiting);
  wait.start(full);
  return () => wait.giveUp();
}

class Wait {
  readonly #waiting: StandInLine;
  readonly #joined = new Map<BackendHealth, () => void>();
  #endAt = 0;
  #stopTimer = () => {};
  #unfollow = () => {};
  #isOver = false;

  constructor(waiting: StandInLine) {
    this.#waiting = waiting;
  }

  start(full: Full): void {
    const { clock, changes, mostMs = Infinity } = this.#waiting;
    const patienceMs = Math.max(...full.backends.map(({ queueTimeoutMs }) => queueTimeoutMs));
    this.#endAt = clock.now() + Math.min(patienceMs, mostMs);
    this.#stay(full);
    if (changes !== undefined && !this.#isOver) this.#unfollow = changes.follow(() => this.#tryAgain());
  }

  giveUp(): void {
    this.#isOver = true;
    this.#stopTimer();
    this.#unfollow();
    for (const leave of this.#joined.values()) leave();
  }

  #end(end: WaitEnd): void {
    this.giveUp();
    this.#waiting.onEnd(end);
  }

  /** Others may have become worth waiting for: it stands in their lines too. */
  #stay({ backends, unwell, wakeAt }: Full): void {
    for (const backend of backends) this.#join(backend);
    if (this.#joined.size === 0) {
      this.#end({ is: "line_full" });
      return;
    }
    for (const backend of unwell) this.#join(backend);
    const { clock } = this.#waiting;
    this.#stopTimer();
    const until = Math.min(wakeAt ?? Infinity, this.#endAt);
    this.#stopTimer = clock.setTimer(Math.max(until - clock.now(), 0), () => this.#onTimer());
  }

  #join(backend: BackendHealth): void {
    if (this.#joined.has(backend)) return;
    const leave = backend.line.join(() => this.#tryAgain());
    if (leave !== undefined) this.#joined.set(backend, leave);
  }

  #onTimer(): void {
    if (this.#waiting.clock.now() >= this.#endAt) this.#end({ is: "timed_out" });
    else this.#tryAgain();
  }

  /** Whether it took a place. */
  #tryAgain(): boolean {
    if (this.#isOver) return false;
    let selection: Selection;
    try {
      selection = this.#waiting.select();
    } catch (error) {
      this.#end({ is: "failed", error });
      return false;
    }
    if (selection.is === "full") {
      this.#stay(selection);
      return false;
    }
    this.#end(selection);
    return selection.is === "chosen";
  }
}
