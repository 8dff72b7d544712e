import type { CatenaryError } from "../../errors/catenary-error.ts";
import { ModelError } from "../../errors/model-error.ts";
import { toModelError } from "../../model/to-model-error.ts";
import type { Clock } from "../../surroundings/clock.ts";
import type { Usage } from "../../value/usage.ts";
import type { Candidate } from "../candidates/candidate.ts";
import type { Lease } from "../selection/leases.ts";
import type { Resolved } from "../selection/resolve.ts";
import type { CallWatch } from "./call-watch.ts";
import type { Journey } from "./journey.ts";

/**
 * One candidate's turn at a call: what is told of it goes to its lease, to the call's record and to who watches the time. It ends
 * once, with an answer, a failure, or because nobody wants it any more; the lease is given back in the same moment. What is told of it
 * after that, or after its signal aborted, goes nowhere: a provider that ignores its signal may still answer while another has the call.
 */
export class Turn {
  readonly candidate: Candidate;
  readonly watch: CallWatch;
  /** Aborts when the call is cancelled, and when the candidate takes too long. */
  readonly signal: AbortSignal;
  readonly #lease: Lease;
  readonly #journey: Journey;
  readonly #clock: Pick<Clock, "now">;
  #usage: Usage | undefined;
  #hasContent = false;
  #isKept = false;
  #hasEnded = false;

  constructor({ candidate, lease }: Resolved, journey: Journey, watch: CallWatch, clock: Pick<Clock, "now">) {
    this.candidate = candidate;
    this.watch = watch;
    this.signal = watch.signal;
    this.#lease = lease;
    this.#journey = journey;
    this.#clock = clock;
  }

  /** Whether nobody waits for what the candidate does any more. */
  get isOver(): boolean {
    return this.#hasEnded || this.signal.aborted;
  }

  /** Whether the turn goes on after its first answer, because a stream of it is still read. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /** The answer comes in pieces. */
  expectPieces(): void {
    if (!this.isOver) this.watch.expectPieces();
  }

  /** Something came, whatever it says. */
  piece(): void {
    if (!this.isOver) this.watch.piece();
  }

  /** A piece of the answer came. */
  content(): void {
    if (this.isOver) return;
    this.watch.content();
    if (this.#hasContent) return;
    this.#hasContent = true;
    this.#lease.firstToken();
    this.#journey.firstToken();
  }

  /** A reader has a part of the answer. */
  committed(): void {
    if (!this.isOver) this.#journey.committed();
  }

  /** It is not told of the form that its answer should have. */
  leaveOutFormat(): void {
    this.#journey.leaveOutFormat();
  }

  /** What of the call it could not take as it was asked. */
  warned(warnings: readonly string[]): void {
    if (!this.isOver && warnings.length > 0) this.#journey.warned(warnings);
  }

  /** What it used, as the provider counts. Said again, it replaces what was said before. */
  used(usage: Usage): void {
    if (this.isOver) return;
    this.#usage = usage;
    this.#journey.used(usage);
  }

  /** From now on whoever reads ends it, and the call with it. */
  keep(): void {
    if (!this.isOver) this.#isKept = true;
  }

  answered(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#lease.release({ is: "answered", ...this.#usage });
    this.#journey.answered();
  }

  /** Returns the failure as one of ours. */
  failed(thrown: unknown): CatenaryError {
    const { backend, model } = this.candidate;
    const about = { backend: backend.id, baseUrl: backend.baseUrl, model: model.id, now: this.#clock.now() };
    const error = toModelError(thrown, about);
    if (this.#hasEnded) return error;
    this.#hasEnded = true;
    const { failure } = error;
    if (error instanceof ModelError) {
      const { reason, retryAfterMs } = error;
      this.#lease.release({ is: "failed", failure, reason, retryAfterMs, ...this.#usage });
    } else this.#lease.release({ is: "failed", failure, ...this.#usage });
    this.#journey.failed(error);
    return error;
  }

  /** Nobody wants its answer: that says nothing about the candidate. */
  givenUp(): void {
    this.#hasEnded = true;
    this.#lease.release({ is: "cancelled", ...this.#usage });
  }

  /** Nothing follows: reports the call. */
  endCall(reason?: unknown): void {
    this.watch.stop();
    this.#journey.end(reason);
  }

  /** The call as far as it has come, for its record. */
  get call(): Journey["call"] {
    return this.#journey.call;
  }
}
