import { canPass } from "./can-pass.ts";
import type { ErrorData } from "./error-data.ts";
import type { FailureClass } from "./failure-class.ts";
import { hideKeys } from "./hide-keys.ts";
import { messageOf } from "./message-of.ts";

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
    return canPass(this.failure);
  }

  toJSON(): ErrorData {
    return toErrorData(this);
  }

  /** Recognises the errors of every copy of this package, unlike `instanceof`. */
  static isInstance(error: unknown): error is CatenaryError {
    return typeof error === "object" && error !== null && marker in error;
  }
}

/** Plain data as an error again: what was journaled is thrown with the code and the details that it had. */
export function fromErrorData({ code, message, failure, details, cause }: ErrorData): CatenaryError {
  return new CatenaryError(code, message, {
    failure,
    ...(details !== undefined && { details }),
    ...(cause !== undefined && { cause: fromErrorData(cause) }),
  });
}

/** How many causes are told. A cause may lead back to its own effect. */
const MOST_CAUSES = 16;

/**
 * Any thrown value as plain data, without what looks like a key in its message. What is none of ours becomes
 * `unexpected_error`; details that JSON cannot carry are left out. Never throws.
 */
export function toErrorData(error: unknown): ErrorData {
  return describe(error, MOST_CAUSES);
}

function describe(error: unknown, causesLeft: number): ErrorData {
  if (!CatenaryError.isInstance(error)) {
    return { code: "unexpected_error", message: hideKeys(messageOf(error)), failure: "code" };
  }
  const details = plainDetails(error.details);
  return {
    code: error.code,
    message: hideKeys(error.message),
    failure: error.failure,
    ...(details !== undefined && { details }),
    ...(error.cause !== undefined && causesLeft > 0 && { cause: describe(error.cause, causesLeft - 1) }),
  };
}

/** Undefined where there are none. Whoever throws may put anything into them, and a journal keeps only JSON. */
function plainDetails(details: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const plain: unknown = JSON.parse(JSON.stringify(details));
    // Safe: parsed from JSON, and an object.
    const isFilled = typeof plain === "object" && plain !== null && Object.keys(plain).length > 0;
    return isFilled ? (plain as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
