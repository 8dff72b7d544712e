import { CatenaryError } from "./catenary-error.ts";
import type { FailureClass } from "./failure-class.ts";

export interface ModelErrorOptions {
  readonly failure: FailureClass;
  /** What exactly, where it decides where the call may go next. */
  readonly reason?: FailureReason;
  readonly backend?: string;
  readonly model?: string;
  /** The HTTP status, where there was one. */
  readonly status?: number;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Where nobody could be asked: who was left out, and why, as plain data. */
  readonly dropped?: readonly Readonly<Record<string, string>>[];
  readonly cause?: unknown;
}

/**
 * What a model call failed of, where that says more than its class.
 *
 * | reason | what happened | class |
 * |---|---|---|
 * | `context_length` | the conversation is longer than the model's context | `bad_request` |
 * | `content_filter` | the provider refused what was said | `bad_request` |
 * | `quota` | the account has nothing left | `rate_limit` |
 * | `overloaded` | the server is full (503, 529, a full queue) | `server_error` |
 * | `model_not_found` | the backend does not have the model, or not for this account | `unavailable` |
 * | `forbidden` | the server refused this call, and does not say that it is about the key (403) | `auth` |
 * | `first_token` | no piece of the answer came in time | `timeout` |
 * | `idle` | a stream fell silent | `timeout` |
 * | `truncated` | a stream ended without saying that it is finished | `network` |
 */
export type FailureReason =
  | "context_length"
  | "content_filter"
  | "quota"
  | "overloaded"
  | "model_not_found"
  | "forbidden"
  | "first_token"
  | "idle"
  | "truncated";

/** One candidate that failed, where several were tried. */
export interface FailedAttempt {
  readonly backend: string;
  readonly model: string;
  readonly code: string;
  readonly failure: FailureClass;
  readonly reason?: FailureReason;
  readonly status?: number;
  /** At most 300 characters. */
  readonly message: string;
}

/** What a `ModelError` says as data. `routeOf(error)` reads the way of its call. */
export interface ModelErrorDetails extends Readonly<Record<string, unknown>> {
  readonly reason?: FailureReason;
  readonly backend?: string;
  readonly model?: string;
  readonly status?: number;
  readonly retryAfterMs?: number;
  /** Who was left out, and why. */
  readonly dropped?: readonly Readonly<Record<string, string>>[];
  /** What each candidate failed of, where several were tried. */
  readonly attempts?: readonly FailedAttempt[];
  /** Why nobody else was asked, where others were there. */
  readonly others?: string;
}

/** A call to a model failed. */
export class ModelError extends CatenaryError {
  declare readonly details: ModelErrorDetails;
  readonly reason: FailureReason | undefined;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: ModelErrorOptions) {
    const { failure, reason, backend, model, status, retryAfterMs, dropped = [], cause } = options;
    super("model_failed", message, {
      failure,
      cause,
      details: {
        ...(reason !== undefined && { reason }),
        ...(backend !== undefined && { backend }),
        ...(model !== undefined && { model }),
        ...(status !== undefined && { status }),
        ...(retryAfterMs !== undefined && { retryAfterMs }),
        ...(dropped.length > 0 && { dropped }),
      },
    });
    this.reason = reason;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
