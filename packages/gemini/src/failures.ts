import {
  connectionFailureOf,
  type FailureClass,
  type FailureReason,
  failureOfStatus,
  ModelError,
  retryAfterOf,
} from "@catenary/core";
import type { Connection } from "./connection.ts";
import { type GoogleError, readGoogleError } from "./google-error.ts";

export type Speaker = Pick<Connection, "backend" | "place" | "hide">;

/** What an answer that is not a success becomes: the server's words without a key, the status, how long to wait. */
export async function refusal(response: Response, { backend, place, hide }: Speaker): Promise<ModelError> {
  const { status } = response;
  const text = await response.text().catch(() => "");
  const error = readGoogleError(parsed(text));
  const failure = failureOf(status, error);
  const words = isRedirect(response) ? REDIRECTED : hide(error?.message ?? text).trim();
  // The platform's clock counts only where a server tells a date without its own.
  const retryAfterMs = retryAfterOf(response.headers, Date.now()) ?? error?.retryAfterMs;
  const hint = failure === "auth" ? `. Check the apiKey of the backend "${backend}"` : "";
  return new ModelError(
    `${place} answered with status ${status}: ${shortened(words).replace(/\.$/, "") || "no words"}${hint}`,
    {
      failure,
      backend,
      status,
      ...reasonOf(status, error),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
  );
}

/** What a server says in the middle of a stream; undefined where it says nothing that can be read. */
export function streamFailure(told: unknown, { backend, place, hide, model }: StreamSpeaker): ModelError | undefined {
  const error = readGoogleError(told);
  if (error === undefined) return undefined;
  const status = error.code ?? STATUSES.get(error.name ?? "") ?? 500;
  const { retryAfterMs } = error;
  return new ModelError(`${place} failed while it answered: ${shortened(hide(error.message))}`, {
    failure: failureOf(status, error),
    backend,
    model,
    status,
    ...reasonOf(status, error),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

interface StreamSpeaker extends Speaker {
  readonly model: string;
}

/** What a `fetch` that rejected, or a body that broke off, becomes. */
export function connectionFailure(error: unknown, { backend, place, model, hide }: FailedConnection): ModelError {
  const failed = connectionFailureOf(error);
  const reason = hide(failed.reason);
  // Only the root: what the AI SDK wraps around it carries the whole request, with what people said. Platforms quote a
  // header that they cannot send, and a cause is printed as it is.
  const cause = reason === failed.reason ? { cause: failed.root } : {};
  const about = { backend, ...cause, ...(model !== undefined && { model }) };
  if (failed.isUnanswered) {
    const message = `nothing answers on ${place}: check the network, or set baseUrl to where the API is`;
    return new ModelError(message, { failure: "network", ...about });
  }
  return new ModelError(`the connection to ${place} broke: ${reason}`, { failure: failed.failure, ...about });
}

export interface FailedConnection extends Speaker {
  readonly model?: string;
}

/** Google calls a wrong key a bad argument. */
function failureOf(status: number, error: GoogleError | undefined): FailureClass {
  if (error?.reasons.includes("API_KEY_INVALID")) return "auth";
  return isMissingModel(status, error) ? "unavailable" : failureOfStatus(status);
}

function isMissingModel(status: number, error: GoogleError | undefined): boolean {
  return status === 404 && /\bmodels?\b.*not found/i.test(error?.message ?? "");
}

function reasonOf(status: number, error: GoogleError | undefined): { readonly reason?: FailureReason } {
  if (status === 429) return error?.isUsedUp ? { reason: "quota" } : {};
  if (status === 503) return { reason: "overloaded" };
  if (isMissingModel(status, error)) return { reason: "model_not_found" };
  return status === 400 && TOO_LONG.test(error?.message ?? "") ? { reason: "context_length" } : {};
}

const TOO_LONG = /token count .*exceeds the maximum number of tokens/i;

/** A browser gives an answer that would redirect no status. */
function isRedirect({ status, type }: Response): boolean {
  return type === "opaqueredirect" || (status >= 300 && status < 400);
}

const REDIRECTED =
  "it sends the call to another address, and the key must not go there. Set baseUrl to where the API is";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A page of HTML says no more than that. */
function shortened(words: string): string {
  return words.slice(0, 300);
}

/** Google's names of failures, where only the name is told: https://cloud.google.com/apis/design/errors#handling_errors */
const STATUSES: ReadonlyMap<string, number> = new Map([
  ["INVALID_ARGUMENT", 400],
  ["FAILED_PRECONDITION", 400],
  ["OUT_OF_RANGE", 400],
  ["UNAUTHENTICATED", 401],
  ["PERMISSION_DENIED", 403],
  ["NOT_FOUND", 404],
  ["RESOURCE_EXHAUSTED", 429],
  ["UNIMPLEMENTED", 501],
  ["UNAVAILABLE", 503],
  ["DEADLINE_EXCEEDED", 504],
]);
