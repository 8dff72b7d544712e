import type { CatenaryError } from "../../errors/catenary-error.ts";
import type { CallOutcome } from "../selection/leases.ts";
import { type Resolved, type RoutingParts, resolve } from "../selection/resolve.ts";
import type { CallOwner } from "./call-owner.ts";
import { CallWatch, type WatchedCall } from "./call-watch.ts";
import { deadlineExceeded, mostActionable, passesOn, tooSlow, withAttempts } from "./failures-of-call.ts";
import type { Interruption } from "./interruption.ts";
import { Journey, type RoutedCall } from "./journey.ts";
import type { Wanted } from "./model-request.ts";
import { patienceOf } from "./patience-of.ts";
import { Turn } from "./turn.ts";

export interface TryOptions {
  /** How many candidates may be tried. */
  readonly triesLeft: number;
  /** The caller's. Default: none. */
  readonly signal?: AbortSignal | undefined;
  /** Whoever ends the call with itself. Default: nobody. */
  readonly owner?: CallOwner;
  /** No candidate is asked after it, and none is waited for, in milliseconds since the Unix epoch. Default: none. */
  readonly deadlineAt?: number | undefined;
  /** Whether a task tries again. */
  readonly isOwnRetry?: boolean;
  /** Whether it is too late to try another: a reader already has a part of the answer. */
  readonly isCommitted: () => boolean;
  /** Called once, at the end, also where the call failed; as soon as the signal aborts, where it does. */
  readonly onRouted: (call: RoutedCall) => void;
}

/**
 * Makes one call: tries a candidate once, and on a failure that is the candidate's own the next untried one, as long as
 * there are tries and time left. Rejects with the failure about which most can be done, or with the signal's reason.
 *
 * @param attempt Asks the candidate whose turn it is. Where it keeps its turn, the call is not over when it resolves.
 */
export async function tryCandidates<T>(
  parts: RoutingParts,
  wanted: Wanted,
  options: TryOptions,
  attempt: (turn: Turn) => Promise<T>,
): Promise<T> {
  const call = new Call(parts, wanted, options);
  try {
    for (;;) {
      const turn = await call.next();
      try {
        const answer = await call.watch.guard(attempt(turn));
        if (!turn.isKept) {
          turn.answered();
          turn.endCall();
        }
        return answer;
      } catch (error) {
        call.settle(turn, error);
      }
    }
  } catch (error) {
    call.end(error);
    throw error;
  }
}

/** Nobody was asked with it. */
const NOT_ASKED: CallOutcome = { is: "cancelled", inputTokens: 0 };

/** One call, while it looks for an answer. */
class Call implements WatchedCall {
  readonly watch: CallWatch;
  readonly #parts: RoutingParts;
  readonly #wanted: Wanted;
  readonly #options: TryOptions;
  readonly #journey: Journey;
  #resolved: Resolved | undefined;
  #interruption: Interruption | undefined;

  constructor(parts: RoutingParts, wanted: Wanted, options: TryOptions) {
    const { clock } = parts;
    this.#parts = parts;
    this.#wanted = wanted;
    this.#options = options;
    const { onRouted: onEnd, signal, owner, deadlineAt = Number.POSITIVE_INFINITY } = options;
    this.#journey = new Journey({ policy: wanted.policy ?? parts.defaultPolicy, clock, onEnd });
    if (signal?.aborted === true) {
      this.#journey.end(signal.reason, true);
      throw signal.reason;
    }
    this.watch = new CallWatch({ clock, signal, owner, deadlineAt, call: this });
  }

  /** The next candidate's turn. Throws where nobody is left, with what became of the others. */
  async next(): Promise<Turn> {
    if (this.#interruption !== undefined) throw this.#reason(this.#interruption);
    const { tried, failures } = this.#journey;
    const { triesLeft, deadlineAt, isOwnRetry } = this.#options;
    this.#resolved = undefined;
    const failed = failures.at(-1)?.error;
    if (failed !== undefined) {
      if (tried.length >= triesLeft || !passesOn(failed)) throw mostActionable(failures);
      this.watch.renew();
    }
    this.#checkDeadline();
    const resolved = await resolve(this.#parts, this.#wanted, {
      tried,
      signal: this.watch.signal,
      lastFailure: failed,
      isOwnRetry,
      deadlineAt,
      record: this.#journey,
    }).catch((error: unknown) => this.#notFound(error));
    if ("why" in resolved) throw mostActionable(failures, resolved);
    if (this.#interruption !== undefined || this.#isLate()) resolved.lease.release(NOT_ASKED);
    if (this.#interruption !== undefined) throw this.#reason(this.#interruption);
    this.#checkDeadline();
    this.#resolved = resolved;
    this.#journey.begin(resolved);
    this.watch.begin(patienceOf(resolved.candidate.backend));
    return new Turn(resolved, this.#journey, this.watch, this.#parts.clock);
  }

  /** Timers may be late; nobody is asked after the deadline all the same. */
  #checkDeadline(): void {
    if (this.#isLate()) throw this.#late();
  }

  #isLate(): boolean {
    return this.#parts.clock.now() >= (this.#options.deadlineAt ?? Number.POSITIVE_INFINITY);
  }

  /** A turn ended without an answer. Throws where the call ends with it. */
  settle(turn: Turn, thrown: unknown): void {
    if (this.#interruption !== undefined) {
      turn.givenUp();
      throw this.#reason(this.#interruption);
    }
    turn.failed(thrown);
    if (this.#options.isCommitted()) throw mostActionable(this.#journey.failures);
  }

  end(error: unknown): void {
    this.watch.stop();
    this.#journey.end(error);
  }

  /** Nobody could be found, and that is the failure of the call unless one says more that came before. */
  #notFound(error: unknown): never {
    if (this.#interruption !== undefined) throw this.#reason(this.#interruption);
    throw mostActionable(this.#journey.failures) ?? error;
  }

  #reason(interruption: Interruption): unknown {
    return interruption.by === "caller" ? interruption.reason : this.#late();
  }

  #late(): CatenaryError {
    const { failures } = this.#journey;
    const error = deadlineExceeded(this.#resolved?.candidate);
    return failures.length === 0 ? error : withAttempts(error, failures);
  }

  toError(interruption: Exclude<Interruption, { readonly by: "caller" }>): CatenaryError {
    const { candidate } = this.#resolved ?? {};
    return interruption.by === "silence" && candidate !== undefined
      ? tooSlow(candidate, interruption.which, interruption.ms)
      : deadlineExceeded(candidate);
  }

  interrupted(interruption: Interruption): void {
    this.#interruption = interruption;
    const { candidate } = this.#resolved ?? {};
    if (interruption.by === "caller") this.#journey.end(interruption.reason, true);
    else this.#journey.end(deadlineExceeded(candidate));
  }

  /** Whether somebody else could still be asked in the place of the candidate whose turn it is. */
  hasOthers(): boolean {
    return this.#journey.tried.length < this.#options.triesLeft && this.#resolved?.hasOthers() === true;
  }
}
