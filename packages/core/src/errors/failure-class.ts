/**
 * What kind of failure ended an attempt. Retry and fallback ask for this and never read messages.
 *
 * | class | what happened |
 * |---|---|
 * | `rate_limit` | the server asked to slow down (429) |
 * | `server_error` | the server failed (5xx) |
 * | `timeout` | nothing came in time (408, a task's or a hook's own timeout) |
 * | `network` | no connection, or it broke |
 * | `unavailable` | no backend can take the call now; the one that was asked lacks the model, or has no such route (404) |
 * | `bad_request` | the server refused the request (other 4xx) |
 * | `auth` | the server refused the credentials (401, 403) |
 * | `reply` | an answer came and cannot be used |
 * | `code` | a custom handler or a local hook threw |
 * | `chain` | the chain itself decides it: a wrong type, a template, `raise_error`; the same again gives the same |
 * | `cancelled` | somebody stopped the run |
 */
export type FailureClass = (typeof FAILURE_CLASSES)[number];

export const FAILURE_CLASSES = [
  "rate_limit",
  "server_error",
  "timeout",
  "network",
  "unavailable",
  "bad_request",
  "auth",
  "reply",
  "code",
  "chain",
  "cancelled",
] as const;
