/** What a Gemini server refuses or fails with. */
export interface GeminiFailure {
  readonly status: number;
  readonly message: string;
  /** Google's name of it. Default: the one that belongs to the status, such as `RESOURCE_EXHAUSTED`. */
  readonly name?: string;
  /** The `reason` of an `ErrorInfo`, such as `API_KEY_INVALID`. */
  readonly reason?: string;
  /** Which quota was used up, such as `GenerateRequestsPerDayPerProjectPerModel-FreeTier`. */
  readonly quotaId?: string;
  /** Becomes the `retryDelay` of a `RetryInfo`. Gemini sends no `retry-after`. */
  readonly retryDelaySeconds?: number;
}

/** An error as Google's servers tell it. */
export function failed(failure: GeminiFailure): Response {
  return json(failedBody(failure), failure.status);
}

/** The same as a piece of a stream that has begun. */
export function failedBody(failure: GeminiFailure): object {
  const { status, message, name = NAMES[status] ?? (status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT") } = failure;
  const details = [...detailsOf(failure)];
  return { error: { code: status, message, status: name, ...(details.length > 0 && { details }) } };
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body, undefined, 2), {
    status,
    headers: { "content-type": "application/json; charset=UTF-8" },
  });
}

function* detailsOf({ reason, quotaId, retryDelaySeconds }: GeminiFailure): Generator<object> {
  if (reason !== undefined) {
    const metadata = { service: "generativelanguage.googleapis.com" };
    yield { "@type": `${RPC}ErrorInfo`, reason, domain: "googleapis.com", metadata };
  }
  if (quotaId !== undefined) yield { "@type": `${RPC}QuotaFailure`, violations: [{ quotaId }] };
  if (retryDelaySeconds !== undefined) yield { "@type": `${RPC}RetryInfo`, retryDelay: `${retryDelaySeconds}s` };
}

const RPC = "type.googleapis.com/google.rpc.";

/** https://cloud.google.com/apis/design/errors#handling_errors */
const NAMES: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  409: "ABORTED",
  429: "RESOURCE_EXHAUSTED",
  499: "CANCELLED",
  500: "INTERNAL",
  501: "UNIMPLEMENTED",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};
