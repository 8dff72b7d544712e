import type { CatenaryError } from "../../errors/catenary-error.ts";
import type { Clock } from "../../surroundings/clock.ts";
import type { CallOwner } from "./call-owner.ts";
import type { Interruption, Silence } from "./interruption.ts";

/** How long each may take, in milliseconds; 0: for ever. */
export interface Patience {
  readonly firstTokenMs: number;
  readonly idleMs: number;
  readonly progressMs: number;
  readonly answerMs: number;
}

export interface WatchOptions {
  readonly clock: Clock;
  /** The caller's, where it has one. */
  readonly signal: AbortSignal | undefined;
  /** Default: nobody. */
  readonly owner: CallOwner | undefined;
  /** Milliseconds since the Unix epoch; Infinity: none. */
  readonly deadlineAt: number;
  readonly call: WatchedCall;
}

/** What a watch asks and tells the call that it watches over. An object, because a function for each would cost every call more. */
export interface WatchedCall {
  /** Whether the candidate that is asked may still be given up for another. Asked when its time for a whole answer is over. */
  hasOthers(): boolean;
  /** What the candidate's signal aborts with, where it was not the caller. */
  toError(interruption: Exclude<Interruption, { readonly by: "caller" }>): CatenaryError;
  /** The call is interrupted, and the signal has aborted. Attempts that took too long do not end it. */
  interrupted(interruption: Interruption): void;
}

const NOTHING = () => {};

/** When the timer looks for the first time. What is due later is found then, so that a usual call sets its timer once. */
const FIRST_LOOK_MS = 30_000;

/**
 * Watches over one call, from candidate to candidate: its caller's signal, its deadline, and how long a candidate is silent.
 * There is one timer, however many pieces come: a piece only notes the time, and the timer looks at the notes when it fires.
 */
export class CallWatch {
  readonly #options: WatchOptions;
  #controller = new AbortController();
  #onInterrupt: (interruption: Interruption, reason: unknown) => void = NOTHING;
  /** What the candidate is waited for; undefined: there is none at the moment. */
  #phase: "answer" | "first_token" | "pieces" | undefined;
  #patience: Patience | undefined;
  #beganAt = 0;
  #pieceAt = 0;
  #contentAt = 0;
  /** Since when nobody asks for the next piece; undefined: somebody does. The time until then is not the candidate's. */
  #pausedAt: number | undefined;
  #stopTimer: () => void = NOTHING;
  #firesAt = Number.POSITIVE_INFINITY;
  #isOver = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    options.signal?.addEventListener("abort", this.#onAbort);
    this.#arm(Math.min(options.deadlineAt, options.clock.now() + FIRST_LOOK_MS));
    options.owner?.add(this.cancel);
  }

  /** Of the attempt that is under way, and of the search before it. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** A candidate is asked. Nothing that was noted about another counts any more. */
  begin(patience: Patience): void {
    const now = this.#options.clock.now();
    this.#patience = patience;
    this.#beganAt = now;
    this.#phase = "answer";
    this.#arm(this.#dueAt());
  }

  /** The answer comes in pieces. */
  expectPieces(): void {
    this.#phase = "first_token";
    this.#arm(this.#dueAt());
  }

  /** A piece came, whatever it says. */
  piece(): void {
    this.#pieceAt = this.#options.clock.now();
  }

  /** A piece of the answer came. */
  content(): void {
    const now = this.#options.clock.now();
    this.#pieceAt = now;
    this.#contentAt = now;
    if (this.#phase !== "first_token") return;
    this.#phase = "pieces";
    this.#arm(this.#dueAt());
  }

  /** Nobody asks for the next piece: what does not come is nobody's fault. */
  pause(): void {
    this.#pausedAt = this.#options.clock.now();
  }

  resume(): void {
    if (this.#pausedAt === undefined) return;
    const now = this.#options.clock.now();
    this.#pieceAt = now;
    this.#contentAt += now - this.#pausedAt;
    this.#pausedAt = undefined;
    this.#arm(this.#dueAt());
  }

  /**
   * Waits for what a candidate does; rejects as soon as it is interrupted, whether the candidate listens to the signal or not.
   */
  guard<T>(work: PromiseLike<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // Whoever began the work may have ended it in the same breath.
      if (this.signal.aborted) reject(this.signal.reason);
      else this.onInterrupt((_, reason) => reject(reason));
      work.then(resolve, reject);
    });
  }

  /** Calls `listener`, and nobody else any more, when the attempt is interrupted, with the reason of its signal. */
  onInterrupt(listener: (interruption: Interruption, reason: unknown) => void): void {
    this.#onInterrupt = listener;
  }

  /** The attempt is over and another may follow, with a signal of its own. */
  renew(): void {
    this.#phase = undefined;
    this.#pausedAt = undefined;
    this.#onInterrupt = NOTHING;
    this.#controller = new AbortController();
  }

  /** Lets go of the signal and the timer. */
  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#release();
  }

  /** Ends the call: its owner ended, or its reader went away. */
  readonly cancel = (reason: unknown): void => {
    this.#end({ by: "caller", reason });
  };

  /** The caller's signal aborted. A function, because Node keeps an object that listened, and all it holds, until a full collection. */
  readonly #onAbort = (): void => {
    this.cancel(this.#options.signal?.reason);
  };

  #end(interruption: Interruption): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#release();
    this.#interrupt(interruption);
    this.#options.call.interrupted(interruption);
  }

  #release(): void {
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#options.owner?.remove(this.cancel);
    this.#stopTimer();
  }

  #interrupt(interruption: Interruption): void {
    const listener = this.#onInterrupt;
    this.#onInterrupt = NOTHING;
    const reason = interruption.by === "caller" ? interruption.reason : this.#options.call.toError(interruption);
    this.#controller.abort(reason);
    listener(interruption, reason);
  }

  /** Nobody would catch what a timer throws: a mistake ends this call, and not the process. */
  readonly #onTimer = () => {
    this.#firesAt = Number.POSITIVE_INFINITY;
    try {
      this.#look();
    } catch (error) {
      this.cancel(error);
    }
  };

  #look(): void {
    const { clock, deadlineAt, call } = this.#options;
    const now = clock.now();
    if (now >= deadlineAt) {
      this.#end({ by: "deadline" });
      return;
    }
    const late = this.#pausedAt === undefined ? this.#lateness(now) : undefined;
    if (late === undefined || (late.which === "answer" && !call.hasOthers())) {
      // Maybe somebody can when as much time has passed again.
      if (late !== undefined) this.#beganAt = now;
      this.#arm(this.#dueAt());
      return;
    }
    this.#phase = undefined;
    this.#arm(deadlineAt);
    this.#interrupt({ by: "silence", ...late });
  }

  /** What the candidate is too late with. */
  #lateness(now: number): { readonly which: Silence; readonly ms: number } | undefined {
    const patience = this.#patience;
    if (this.#phase === undefined || patience === undefined) return undefined;
    if (this.#phase === "answer") return late("answer", this.#beganAt, patience.answerMs, now);
    if (this.#phase === "first_token") return late("first_token", this.#beganAt, patience.firstTokenMs, now);
    return (
      late("idle", this.#pieceAt, patience.idleMs, now) ?? late("progress", this.#contentAt, patience.progressMs, now)
    );
  }

  /** When the timer has to look again, in milliseconds since the Unix epoch. */
  #dueAt(): number {
    const { deadlineAt } = this.#options;
    const patience = this.#patience;
    if (this.#phase === undefined || patience === undefined || this.#pausedAt !== undefined) return deadlineAt;
    if (this.#phase === "answer") return Math.min(deadlineAt, after(this.#beganAt, patience.answerMs));
    if (this.#phase === "first_token") return Math.min(deadlineAt, after(this.#beganAt, patience.firstTokenMs));
    return Math.min(deadlineAt, after(this.#pieceAt, patience.idleMs), after(this.#contentAt, patience.progressMs));
  }

  #arm(at: number): void {
    if (this.#isOver || at >= this.#firesAt) return;
    this.#stopTimer();
    this.#firesAt = at;
    const { clock } = this.#options;
    this.#stopTimer = clock.setTimer(Math.max(0, at - clock.now()), this.#onTimer);
  }
}

function late(which: Silence, since: number, ms: number, now: number) {
  return ms > 0 && now - since >= ms ? { which, ms } : undefined;
}

function after(since: number, ms: number): number {
  return ms > 0 ? since + ms : Number.POSITIVE_INFINITY;
}
