import type { Candidate } from "../../../packages/core/src/routing/candidates/candidate.ts";
import type { HealthBook } from "../../../packages/core/src/routing/health/health-book.ts";
import type { CallOutcome, Lease } from "../../../packages/core/src/routing/selection/leases.ts";
import type { Full, Selection } from "../../../packages/core/src/routing/selection/selection.ts";
import type { SelectOptions, Selector } from "../../../packages/core/src/routing/selection/selector.ts";
import type { EventQueue, Scheduled } from "./event-queue.ts";
import type { ServerCall, SimulatedServer } from "./simulated-server.ts";

/** A runtime of its own, as far as choosing goes: what it has learnt, it has learnt from its own calls. */
export interface Router {
  readonly selector: Selector;
  readonly health: HealthBook;
  readonly candidates: readonly Candidate[];
}

export interface CallerOptions {
  readonly time: EventQueue;
  readonly router: Router;
  readonly serverOf: (candidate: Candidate) => SimulatedServer;
  readonly policy: string;
  /** How many candidates a call may try. */
  readonly attempts: number;
  /** How long the first token may take. */
  readonly firstTokenTimeoutMs: number;
}

/** What somebody wants answered. */
export interface Question {
  readonly promptTokens: number;
  readonly answerTokens: number;
  readonly session?: string;
  /** Whether routing is told the session. */
  readonly isTold?: boolean;
}

/** How it went. Times are since the question was asked. */
export interface Answer {
  readonly isAnswered: boolean;
  readonly firstTokenMs: number;
  readonly totalMs: number;
  /** How many calls reached a server. */
  readonly calls: number;
}

/**
 * Asks as the runtime does: chooses with the runtime's own code, gives a silent candidate up, and goes on to the next one while
 * attempts, budget and overload guard allow it.
 */
export class Caller {
  readonly #options: CallerOptions;
  readonly #question: Question;
  readonly #onEnd: (answer: Answer) => void;
  readonly #askedMs: number;
  readonly #tried: Candidate[] = [];
  #lastFailure: SelectOptions["lastFailure"];

  constructor(options: CallerOptions, question: Question, onEnd: (answer: Answer) => void) {
    this.#options = options;
    this.#question = question;
    this.#onEnd = onEnd;
    this.#askedMs = options.time.nowMs;
    this.#goOn();
  }

  #goOn(): void {
    const selection = this.#select();
    if (selection.is === "chosen") this.#ask(selection.candidate, selection.lease);
    else if (selection.is === "full") this.#wait(selection);
    else this.#end(false, 0);
  }

  #select(): Selection {
    const { router, time, policy } = this.#options;
    const { session, isTold, promptTokens, answerTokens } = this.#question;
    return router.selector.select(router.candidates, {
      policy,
      now: time.nowMs,
      tried: this.#tried,
      session: isTold ? session : undefined,
      tokens: promptTokens + answerTokens,
      ...(this.#lastFailure !== undefined && { lastFailure: this.#lastFailure }),
    });
  }

  /** In the lines of all who are full, until one has a place or patience ends. */
  #wait({ backends, wakeAt }: Full): void {
    const { time } = this.#options;
    const leaving: (() => void)[] = [];
    const timers: Scheduled[] = [];
    const leave = () => {
      for (const go of leaving) go();
      for (const timer of timers) timer.cancel();
    };
    const retry = () => {
      const selection = this.#select();
      if (selection.is !== "chosen") return false;
      leave();
      this.#ask(selection.candidate, selection.lease);
      return true;
    };
    for (const { line } of backends) {
      const go = line.join(retry);
      if (go !== undefined) leaving.push(go);
    }
    if (leaving.length === 0) {
      this.#end(false, 0);
      return;
    }
    const patienceMs = Math.max(...backends.map(({ queueTimeoutMs }) => queueTimeoutMs));
    timers.push(
      time.after(patienceMs, () => {
        leave();
        this.#end(false, 0);
      }),
    );
    if (wakeAt !== undefined) timers.push(time.after(wakeAt - time.nowMs, retry));
  }

  #ask(candidate: Candidate, lease: Lease): void {
    const { time, serverOf, firstTokenTimeoutMs } = this.#options;
    const { promptTokens, answerTokens } = this.#question;
    this.#tried.push(candidate);
    let firstTokenMs = 0;
    const finish = (outcome: CallOutcome) => {
      timer.cancel();
      lease.release(outcome);
    };
    const call: ServerCall = {
      ...this.#question,
      onFirstToken: () => {
        timer.cancel();
        lease.firstToken();
        firstTokenMs = time.nowMs - this.#askedMs;
      },
      onAnswered: () => {
        finish({ is: "answered", inputTokens: promptTokens, outputTokens: answerTokens });
        this.#end(true, firstTokenMs);
      },
      onRefused: () => {
        const failure = { failure: "server_error", reason: "overloaded" } as const;
        finish({ is: "failed", ...failure });
        this.#tryAnother(failure);
      },
    };
    const giveUp = serverOf(candidate).take(call);
    const timer = time.after(firstTokenTimeoutMs, () => {
      giveUp();
      const failure = { failure: "timeout", reason: "first_token" } as const;
      finish({ is: "failed", ...failure });
      this.#tryAnother(failure);
    });
  }

  #tryAnother(failure: NonNullable<SelectOptions["lastFailure"]>): void {
    this.#lastFailure = failure;
    if (this.#tried.length < this.#options.attempts) this.#goOn();
    else this.#end(false, 0);
  }

  #end(isAnswered: boolean, firstTokenMs: number): void {
    const totalMs = this.#options.time.nowMs - this.#askedMs;
    this.#onEnd({ isAnswered, firstTokenMs, totalMs, calls: this.#tried.length });
  }
}
