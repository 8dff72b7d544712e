import type { FailureClass } from "./failure-class.ts";

/** What an HTTP status that is no success says about the failure. A redirect that cannot be followed counts as refused. */
export function failureOfStatus(status: number): FailureClass {
  if (status === 429) return "rate_limit";
  if (status === 408) return "timeout";
  if (status === 401 || status === 403) return "auth";
  return status >= 500 ? "server_error" : "bad_request";
}
