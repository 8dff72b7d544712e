import { CatenaryError } from "@catenary/core";

export interface HttpErrorOptions {
  /** The field or parameter at fault. */
  readonly param?: string;
  /** What the body's `code` says. Default: what goes with the status. */
  readonly code?: string;
  /** Headers of the reply, in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A request that is answered with an error: its status, and what the client is told. */
export class HttpError extends CatenaryError {
  readonly status: number;
  readonly param: string | undefined;
  /** What the body's `code` says, where it is not what goes with the status. */
  readonly bodyCode: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, { param, code, headers, cause }: HttpErrorOptions = {}) {
    super("http_error", message, {
      failure: "bad_request",
      details: { status },
      ...(cause !== undefined && { cause }),
    });
    this.status = status;
    this.param = param;
    this.bodyCode = code;
    this.headers = headers ?? {};
  }
}
