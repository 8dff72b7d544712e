import { APICallError } from "@ai-sdk/provider";
import type { ScriptedError } from "./scripted-reply.ts";

/** The error that a provider would throw, so that everybody above classifies it as they would the real one. */
export function toApiCallError(error: ScriptedError, url: string): APICallError {
  const { status, retryAfterMs } = error;
  const message = error.message ?? (status === undefined ? "The connection broke." : `The script answers ${status}.`);
  const responseHeaders: Record<string, string> =
    retryAfterMs === undefined
      ? {}
      : { "retry-after-ms": String(retryAfterMs), "retry-after": String(Math.ceil(retryAfterMs / 1000)) };
  if (status === undefined) {
    return new APICallError({ message, url, requestBodyValues: {}, isRetryable: true, cause: new Error(message) });
  }
  return new APICallError({
    message,
    url,
    requestBodyValues: {},
    statusCode: status,
    responseHeaders,
    responseBody: JSON.stringify({ error: { message } }),
    isRetryable: status === 408 || status === 409 || status === 429 || status >= 500,
  });
}
