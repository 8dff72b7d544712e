import { CatenaryError, type FailureClass } from "@catenary/core";

export interface DescribedFailure {
  readonly status: number | undefined;
  readonly failure: FailureClass | undefined;
  readonly retryAfterMs: number | undefined;
}

/**
 * What can be read from an adapter's error: one of Catenary's own, or one in the shape of the AI SDK's `APICallError`
 * (`statusCode`, `isRetryable`, `responseHeaders`).
 */
export function describeFailure(error: unknown): DescribedFailure {
  const status = numberAt(error, "status") ?? numberAt(error, "statusCode");
  const failure = CatenaryError.isInstance(error) ? error.failure : classOf(status, error);
  const seconds = numberAt(field(error, "responseHeaders"), "retry-after");
  const retryAfterMs = numberAt(error, "retryAfterMs") ?? (seconds === undefined ? undefined : seconds * 1000);
  return { status, failure, retryAfterMs };
}

function classOf(status: number | undefined, error: unknown): FailureClass | undefined {
  if (status === undefined) return field(error, "isRetryable") === true ? "network" : undefined;
  if (status === 401 || status === 403) return "auth";
  if (status === 404) return "unavailable";
  if (status === 408) return "timeout";
  if (status === 429) return "rate_limit";
  if (status >= 500) return "server_error";
  return status >= 400 ? "bad_request" : undefined;
}

function field(value: unknown, name: string): unknown {
  // Read through an index signature: the value is an object, and an absent field reads as undefined.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function numberAt(value: unknown, name: string): number | undefined {
  const found = field(value, name);
  if (found === undefined || found === null || found === "") return undefined;
  return Number.isFinite(Number(found)) ? Number(found) : undefined;
}
