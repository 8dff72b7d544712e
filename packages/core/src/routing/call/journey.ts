import { CatenaryError, toErrorData } from "../../errors/catenary-error.ts";
import type { ErrorData } from "../../errors/error-data.ts";
import type { Clock } from "../../surroundings/clock.ts";
import type { RouteAttempt, RouteRecord } from "../../value/route-record.ts";
import type { Usage } from "../../value/usage.ts";
import type { Candidate } from "../candidates/candidate.ts";
import type { Resolved } from "../selection/resolve.ts";
import type { Decision } from "../selection/selection.ts";

/** How one routed call went, whether it succeeded or not. */
export interface RoutedCall {
  readonly model: string | undefined;
  readonly backend: string | undefined;
  readonly provider: string | undefined;
  readonly usage: Usage | undefined;
  readonly route: RouteRecord;
  /** How many candidates were tried. */
  readonly tries: number;
  /** From its beginning until now, or until it was over, in milliseconds. */
  readonly durationMs: number;
  /** What it failed of, once it has; of the class `cancelled` where its caller, or the end of the runtime, ended it. */
  readonly error?: ErrorData;
}

/** A candidate that failed, and of what. */
export interface FailedTry {
  readonly candidate: Candidate;
  readonly error: CatenaryError;
}

export interface JourneyOptions {
  /** The policy's name, until one has chosen. */
  readonly policy: string;
  readonly clock: Pick<Clock, "now">;
  readonly onEnd: (call: RoutedCall) => void;
}

/** What happens to one routed call, from its first candidate to its end. */
export class Journey {
  readonly tried: Candidate[] = [];
  readonly failures: FailedTry[] = [];
  readonly #attempts: RouteAttempt[] = [];
  readonly #options: JourneyOptions;
  #decision: Decision;
  /** Since when the call waits, or is known to be taken by nobody. */
  #leftOutAt: number | undefined;
  readonly #begunAt: number;
  #startedAt = 0;
  #firstTokenMs: number | undefined;
  #isCommitted = false;
  #isFormatLeftOut = false;
  #warnings: readonly string[] = [];
  /** What the candidate that is asked said that it used. */
  #used: Usage | undefined;
  #usage: Usage | undefined;
  #ended = false;

  constructor(options: JourneyOptions) {
    this.#options = options;
    this.#begunAt = options.clock.now();
    this.#decision = { policy: options.policy, dropped: [] };
  }

  /** Nobody takes the call as it stands. Whoever waits may be told so several times. */
  leftOut(decision: Decision): void {
    this.#leftOutAt ??= this.#options.clock.now();
    const { tried } = this;
    this.#decision =
      tried.length === 0 ? decision : withoutTried({ ...this.#decision, dropped: decision.dropped }, tried);
  }

  begin({ candidate, decision }: Resolved): void {
    this.#leftOutAt = undefined;
    const { tried } = this;
    tried.push(candidate);
    this.#decision = withoutTried(tried.length === 1 ? decision : together(this.#decision, decision), tried);
    this.#startedAt = this.#options.clock.now();
    this.#firstTokenMs = undefined;
    this.#isCommitted = false;
    this.#isFormatLeftOut = false;
    this.#warnings = [];
    this.#used = undefined;
  }

  firstToken(): void {
    this.#firstTokenMs = this.#options.clock.now() - this.#startedAt;
  }

  /** A reader has a part of the answer. */
  committed(): void {
    this.#isCommitted = true;
  }

  leaveOutFormat(): void {
    this.#isFormatLeftOut = true;
  }

  warned(warnings: readonly string[]): void {
    this.#warnings = warnings;
  }

  used(usage: Usage): void {
    this.#used = usage;
  }

  answered(): void {
    this.#usage = this.#used;
    this.#record(undefined);
  }

  failed(error: CatenaryError): void {
    const candidate = this.tried.at(-1);
    if (candidate !== undefined) this.failures.push({ candidate, error });
    this.#record(error);
  }

  /** As far as it has come. */
  get call(): RoutedCall {
    const last = this.tried.at(-1);
    return {
      model: last?.model.id,
      backend: last?.backend.id,
      provider: last?.backend.type,
      usage: this.#usage,
      route: { ...this.#decision, tried: this.#attempts },
      tries: this.tried.length,
      durationMs: Math.max(this.#options.clock.now() - this.#begunAt, 0),
    };
  }

  /** Reports it, once. With a reason, the candidate that has not answered yet was given up because of it. */
  end(reason: unknown, isCancelled = false): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#attempts.length < this.tried.length) this.#record(reason);
    if (this.#leftOutAt !== undefined) this.#waited(this.#options.clock.now() - this.#leftOutAt);
    this.#options.onEnd(reason === undefined ? this.call : { ...this.call, error: errorOf(reason, isCancelled) });
  }

  #waited(ms: number): void {
    const queuedMs = (this.#decision.queuedMs ?? 0) + ms;
    if (queuedMs > 0) this.#decision = { ...this.#decision, queuedMs };
  }

  #record(error: unknown): void {
    const candidate = this.tried[this.#attempts.length];
    if (candidate === undefined) return;
    const attempt: Writable<RouteAttempt> = {
      backend: candidate.backend.id,
      model: candidate.model.id,
      startedAt: this.#startedAt,
      durationMs: this.#options.clock.now() - this.#startedAt,
    };
    if (this.#firstTokenMs !== undefined) attempt.firstTokenMs = this.#firstTokenMs;
    if (this.#isCommitted) attempt.committed = true;
    if (this.#isFormatLeftOut) attempt.formatLeftOut = true;
    if (this.#warnings.length > 0) attempt.warnings = this.#warnings;
    if (this.#used !== undefined) attempt.usage = this.#used;
    if (error !== undefined) {
      const { code, failure, details } = toErrorData(error);
      const { reason, status } = details ?? {};
      if (typeof status === "number") attempt.status = status;
      attempt.error = { code, failure, ...(typeof reason === "string" && { reason }) };
    }
    this.#attempts.push(attempt);
  }
}

/** Whoever ends a call gives any reason: what it means is that nobody wants the answer. */
function errorOf(reason: unknown, isCancelled: boolean): ErrorData {
  const error = toErrorData(reason);
  if (!isCancelled) return error;
  return CatenaryError.isInstance(reason)
    ? { ...error, failure: "cancelled" }
    : { code: "call_cancelled", message: error.message, failure: "cancelled" };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What the last choice says counts, also about those that are left out; and how long the call waited in all. */
function together(before: Decision, after: Decision): Decision {
  const queuedMs = (before.queuedMs ?? 0) + (after.queuedMs ?? 0);
  return {
    ...after,
    ...((before.failOpen ?? after.failOpen) && { failOpen: true }),
    ...(queuedMs > 0 && { queuedMs }),
  };
}

/** Whoever was tried is no longer left out, whatever was said about it at first. */
function withoutTried(decision: Decision, tried: readonly Candidate[]): Decision {
  if (tried.length === 0 || decision.dropped.length === 0) return decision;
  const wasTried = (one: Decision["dropped"][number]) =>
    tried.some(({ backend, model }) => backend.id === one.backend && model.id === one.model);
  return { ...decision, dropped: decision.dropped.filter((one) => !wasTried(one)) };
}
