import { CatenaryError, type FailureClass } from "@catenary/core";

export type TransportErrorCode =
  | "settings_invalid"
  | "request_invalid"
  | "address_refused"
  | "redirect_refused"
  | "response_invalid"
  | "response_too_large"
  | "body_used"
  | "transport_closed";

export interface TransportErrorOptions {
  /** Default `chain`: the same request fails the same way again. */
  readonly failure?: FailureClass;
  readonly cause?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * What the transport itself decides: it will not send this request, not go to that address, not read this answer. A connection that
 * fails or breaks is no such error but what the platform's `fetch` rejects with, so that everything that knows that one knows this one
 * too.
 */
export class TransportError extends CatenaryError {
  declare readonly code: TransportErrorCode;

  constructor(code: TransportErrorCode, message: string, options: TransportErrorOptions = {}) {
    super(code, message, options);
  }
}
