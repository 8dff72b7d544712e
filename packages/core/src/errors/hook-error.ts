import { CatenaryError } from "./catenary-error.ts";
import type { FailureClass } from "./failure-class.ts";

export interface HookErrorOptions {
  readonly failure: FailureClass;
  /** The hook's name, where it has one already. */
  readonly hook?: string;
  /** Of a remote hook: its origin, without its path. */
  readonly address?: string;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

export type HookErrorCode = "hook_unknown" | "hook_failed" | "hook_response_invalid" | "hook_request_invalid";

/**
 * A hook is unknown (`hook_unknown`), can never be called as it was described or with what it was given
 * (`hook_request_invalid`), was called and failed (`hook_failed`), or answered what cannot be used
 * (`hook_response_invalid`).
 */
export class HookError extends CatenaryError {
  declare readonly code: HookErrorCode;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: HookErrorCode, message: string, options: HookErrorOptions) {
    const { failure, hook, address, status, retryAfterMs, cause } = options;
    super(code, message, {
      failure,
      cause,
      details: {
        ...(hook !== undefined && { hook }),
        ...(address !== undefined && { address }),
        ...(status !== undefined && { status }),
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      },
    });
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
