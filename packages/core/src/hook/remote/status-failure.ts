import type { FailureClass } from "../../errors/failure-class.ts";

/** What kind of failure a status outside 2xx is. A redirect that cannot be followed counts as refused. */
export function statusFailure(status: number): FailureClass {
  if (status === 429) return "rate_limit";
  if (status === 408) return "timeout";
  if (status === 401 || status === 403) return "auth";
  return status >= 500 ? "server_error" : "bad_request";
}
