import type { ErrorData } from "./error-data.ts";
import type { FailureClass } from "./failure-class.ts";

const marker = Symbol.for("catenary.error");

export interface CatenaryErrorOptions {
  /** What kind of failure it is: decides whether trying again can help. Default `chain`: it cannot. */
  readonly failure?: FailureClass;
  readonly cause?: unknown;
  /** Ids and other plain data about the failure. Never a secret, never prompt text. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The base of every error that Catenary throws. `code` is stable; the message is for people and may change. */
export class CatenaryError extends Error {
  readonly code: string;
  readonly failure: FailureClass;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: CatenaryErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.failure = options.failure ?? "chain";
    this.details = options.details ?? {};
    Object.defineProperty(this, marker, { value: true });
  }

  /** Whether the same attempt, made again, may succeed. */
  get isRetryable(): boolean {
    return this.failure !== "chain" && this.failure !== "auth" && this.failure !== "cancelled";
  }

  toJSON(): ErrorData {
    return toErrorData(this);
  }

  /** Recognises the errors of every copy of this package, unlike `instanceof`. */
  static isInstance(error: unknown): error is CatenaryError {
    return typeof error === "object" && error !== null && marker in error;
  }
}

/** Any thrown value as plain data. What is none of ours becomes `unexpected_error` with its message. */
export function toErrorData(error: unknown): ErrorData {
  if (CatenaryError.isInstance(error)) {
    return {
      code: error.code,
      message: error.message,
      failure: error.failure,
      ...(Object.keys(error.details).length > 0 && { details: error.details }),
      ...(error.cause !== undefined && { cause: toErrorData(error.cause) }),
    };
  }
  if (error instanceof Error) return { code: "unexpected_error", message: error.message, failure: "code" };
  return { code: "unexpected_error", message: String(error), failure: "code" };
}
