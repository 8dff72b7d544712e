/** What an error's `type` and `code` are, by its status. */
export interface ErrorNames {
  readonly type: string;
  readonly code: string;
}

const INVALID = "invalid_request_error";

const NAMES: ReadonlyMap<number, ErrorNames> = new Map([
  [400, { type: INVALID, code: "bad_request" }],
  [401, { type: "authentication_error", code: "unauthorized" }],
  [403, { type: "authorization_error", code: "forbidden" }],
  [404, { type: INVALID, code: "not_found" }],
  [405, { type: INVALID, code: "method_not_allowed" }],
  [408, { type: INVALID, code: "request_timeout" }],
  [409, { type: INVALID, code: "conflict" }],
  [413, { type: INVALID, code: "request_too_large" }],
  [415, { type: INVALID, code: "unsupported_media" }],
  [422, { type: INVALID, code: "unprocessable_entity" }],
  [429, { type: "rate_limit_error", code: "rate_limit_exceeded" }],
  [431, { type: INVALID, code: "headers_too_large" }],
  [500, { type: "api_error", code: "internal_error" }],
]);

const OTHER: ErrorNames = { type: "api_error", code: "unknown_error" };

export function errorNamesOf(status: number): ErrorNames {
  return NAMES.get(status) ?? OTHER;
}
