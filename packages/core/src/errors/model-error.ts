import { CatenaryError } from "./catenary-error.ts";
import type { FailureClass } from "./failure-class.ts";

export interface ModelErrorOptions {
  readonly failure: FailureClass;
  readonly backend?: string;
  readonly model?: string;
  /** The HTTP status, where there was one. */
  readonly status?: number;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** A call to a model failed. */
export class ModelError extends CatenaryError {
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: ModelErrorOptions) {
    const { failure, backend, model, status, retryAfterMs, cause } = options;
    super("model_failed", message, {
      failure,
      cause,
      details: {
        ...(backend !== undefined && { backend }),
        ...(model !== undefined && { model }),
        ...(status !== undefined && { status }),
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      },
    });
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
