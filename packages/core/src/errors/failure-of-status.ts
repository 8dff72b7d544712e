import type { FailureClass } from "./failure-class.ts";

/** What an HTTP status that is no success says about the failure. */
export function failureOfStatus(status: number): FailureClass {
  if (status === 429) return "rate_limit";
  if (status === 408) return "timeout";
  if (status === 401 || status === 403) return "auth";
  return status >= 500 ? "server_error" : "bad_request";
}

/**
 * How long a server asked to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date.
 * Undefined where it says nothing that can be understood. Header names are lower case.
 */
export function retryAfterOf(headers: Readonly<Record<string, string>> | undefined, now: number): number | undefined {
  const precise = Number(headers?.["retry-after-ms"]?.trim() || Number.NaN);
  if (Number.isFinite(precise) && precise >= 0) return precise;
  const text = headers?.["retry-after"]?.trim();
  if (text === undefined || text === "") return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
