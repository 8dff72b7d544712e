import type { FailureClass } from "../../errors/failure-class.ts";
import type { FailureReason } from "../../errors/model-error.ts";
import type { Clock } from "../../surroundings/clock.ts";
import type { Admission } from "../health/breaker.ts";
import type { CandidateHealth } from "../health/candidate-health.ts";
import { learn } from "../health/learn.ts";

/** What became of a call. Whoever was cancelled says nothing about the candidate. */
export type CallOutcome = Spent &
  (
    | { readonly is: "answered" }
    | {
        readonly is: "failed";
        readonly failure: FailureClass;
        readonly reason?: FailureReason | undefined;
        /** How long the server asked to wait, in milliseconds. */
        readonly retryAfterMs?: number | undefined;
      }
    | { readonly is: "cancelled" }
  );

/** As the provider counted, where it told. */
interface Spent {
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
}

/** How many tokens a call may spend, about. */
export interface Reserve {
  readonly tokens: number;
  /** How many of them it asks with: those are spent as soon as it is read. */
  readonly promptTokens: number;
}

const NOTHING: Reserve = { tokens: 0, promptTokens: 0 };

/** A counted claim on a candidate while a call is under way. */
export interface Lease {
  /** Says that the first piece of the answer is here. Only the first call counts. */
  firstToken(): void;
  /** Gives it back, with what became of the call. Calling it again does nothing. */
  release(outcome: CallOutcome): void;
}

/** Counts the calls under way. */
export class Leases {
  readonly #clock: Pick<Clock, "now">;
  #total = 0;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** Over all candidates. */
  get total(): number {
    return this.#total;
  }

  /** @param reserve What the call may spend; set aside until it ends where its backend has a limit. Default: not known. */
  take(health: CandidateHealth, now: number, reserve = NOTHING): Lease {
    this.#total++;
    return new CallLease(health, now, reserve, this.#clock, this.#onRelease);
  }

  readonly #onRelease = () => {
    this.#total--;
  };
}

class CallLease implements Lease {
  /** When the call began, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly admission: Admission;
  /** How many calls the backend had, this one included, when it began. */
  readonly level: number;
  readonly #health: CandidateHealth;
  readonly #clock: Pick<Clock, "now">;
  readonly #reserve: Reserve;
  readonly #onRelease: () => void;
  #firstTokenMs: number | undefined;
  #isOver = false;

  constructor(
    health: CandidateHealth,
    now: number,
    reserve: Reserve,
    clock: Pick<Clock, "now">,
    onRelease: () => void,
  ) {
    this.#health = health;
    this.#clock = clock;
    this.#reserve = reserve;
    this.#onRelease = onRelease;
    this.startedAt = now;
    this.admission = health.breaker.begin(now);
    health.held++;
    this.level = ++health.backend.held;
    health.backend.limits?.begin(now, reserve.tokens);
  }

  /** How long the first piece took, in milliseconds. */
  get firstTokenMs(): number | undefined {
    return this.#firstTokenMs;
  }

  firstToken(): void {
    if (this.#isOver) return;
    this.#firstTokenMs ??= this.#clock.now() - this.startedAt;
  }

  release(outcome: CallOutcome): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const now = this.#clock.now();
    const health = this.#health;
    this.#onRelease();
    health.held--;
    health.backend.limits?.end(now, this.#reserve.tokens, spentOf(outcome, this.#reserve));
    learn(health, this, outcome, now);
    // Last, because whoever waits is chosen for with what was learnt.
    health.backend.leave();
  }
}

/** Failures of calls that were turned away at the door: nobody read them. */
const UNREAD: ReadonlySet<FailureClass> = new Set(["auth", "bad_request", "rate_limit", "unavailable"]);

/**
 * A server that does not say what was spent is taken to have spent what was set aside, and where it gave no answer what it was asked with:
 * whoever is cancelled or breaks off has read that.
 */
function spentOf(outcome: CallOutcome, { tokens, promptTokens }: Reserve): number {
  const { inputTokens, outputTokens } = outcome;
  if (inputTokens !== undefined || outputTokens !== undefined) return (inputTokens ?? 0) + (outputTokens ?? 0);
  if (outcome.is === "answered") return tokens;
  const isUnread = outcome.is === "failed" && (UNREAD.has(outcome.failure) || outcome.reason === "overloaded");
  return isUnread ? 0 : promptTokens;
}
