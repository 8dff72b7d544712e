import { CatenaryError, causesOf } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";

interface Told {
  readonly status: number;
  readonly code: string;
}

/** A message as it may be told: with the names of backends in the place of their addresses. */
export type Naming = (message: string) => string;

export type IsNamed = (models: readonly unknown[]) => boolean;

const NO_RETRY = { "x-should-retry": "false" };

/** By `details.reason`: what it failed of, where that says more than the class of the failure. */
const BY_REASON: ReadonlyMap<unknown, Told> = new Map([
  ["context_length", { status: 400, code: "context_length_exceeded" }],
  ["content_filter", { status: 400, code: "content_filter" }],
  ["incapable", { status: 400, code: "model_incapable" }],
  ["model_not_found", { status: 404, code: "model_not_found" }],
  ["quota", { status: 429, code: "insufficient_quota" }],
  ["overloaded", { status: 503, code: "overloaded" }],
]);

const BY_FAILURE: ReadonlyMap<string, Told> = new Map([
  ["rate_limit", { status: 429, code: "rate_limit_exceeded" }],
  ["server_error", { status: 502, code: "upstream_error" }],
  ["timeout", { status: 504, code: "upstream_timeout" }],
  ["network", { status: 502, code: "upstream_unreachable" }],
  ["unavailable", { status: 503, code: "no_backend_available" }],
  ["bad_request", { status: 400, code: "upstream_refused" }],
  ["auth", { status: 502, code: "upstream_credentials" }],
  ["reply", { status: 502, code: "upstream_reply" }],
]);

/** The failures of model calls; what else a chain fails of has a status by what was asked for. */
const OF_MODELS: ReadonlySet<string> = new Set(["model_failed", "no_candidate", "reply_invalid", "deadline_exceeded"]);

/**
 * A failure as OpenAI's clients are told it: by its status they decide whether to try again. What failed behind the runtime is no
 * fault of the client's, so it is told as 5xx, and the keys of the runtime are never told as the client's own.
 *
 * @param isNamed Whether the client named one of these models. That it is not there is for the client to mend; of any other one it is not.
 */
export function toOpenAIError(error: unknown, isNamed: IsNamed, named: Naming = (message) => message): unknown {
  if (error instanceof HttpError) return error;
  if (CatenaryError.isInstance(error) && (error.code === "run_cancelled" || error.code === "stream_cancelled")) {
    return new HttpError(503, "the run was cancelled", { code: "run_cancelled", headers: NO_RETRY, cause: error });
  }
  const failed = causesOf(error).find((cause) => CatenaryError.isInstance(cause) && OF_MODELS.has(cause.code));
  if (!CatenaryError.isInstance(failed)) return error;
  const told = tellOf(failed, isNamed);
  if (told === undefined) return error;
  // As data its message has no keys in it.
  const message = named((CatenaryError.isInstance(error) ? error : failed).toJSON().message);
  const { retryAfterMs } = failed.details;
  const headers =
    typeof retryAfterMs === "number" ? { headers: { "retry-after": String(Math.ceil(retryAfterMs / 1000)) } } : {};
  return new HttpError(told.status, message, { code: told.code, cause: error, ...headers, ...paramOf(told) });
}

function tellOf({ details, failure }: CatenaryError, isNamed: IsNamed): Told | undefined {
  // A backend that is down makes no name right that nobody has ever heard of.
  const reason = details.isUnknown === true ? "model_not_found" : details.reason;
  const told = BY_REASON.get(reason) ?? BY_FAILURE.get(failure);
  if (told?.status !== 404) return told;
  const { models, model } = details;
  return isNamed(Array.isArray(models) ? models : [model]) ? told : { ...told, status: 503 };
}

function paramOf({ status }: Told): { readonly param?: string } {
  return status === 404 ? { param: "model" } : {};
}
