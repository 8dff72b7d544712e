import { connectionFailureOf, errorBodyOf, ModelError, refusalOf, retryAfterOf } from "@catenary/core";
import type { Connection } from "./connection.ts";

/** What an answer that is not a success becomes: the server's words without a key, the status, how long to wait. */
export async function refusal(
  response: Response,
  { backend, place, hide }: Pick<Connection, "backend" | "place" | "hide">,
): Promise<ModelError> {
  const { status } = response;
  const body = errorBodyOf(await response.text().catch(() => ""));
  const words = hide(body.words).slice(0, MOST_WORDS);
  // The platform's clock counts only where a server tells a date without its own.
  const retryAfterMs = retryAfterOf(response.headers, Date.now(), body.json);
  const hint = hintFor(status, backend, place);
  return new ModelError(`${place} answered with status ${status}: ${words.replace(/\.$/, "") || "no words"}${hint}`, {
    ...refusalOf(status, body),
    backend,
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function hintFor(status: number, backend: string, place: string): string {
  if (status === 401) return `. Check the apiKey of the backend "${backend}"`;
  // Nearly every server has its routes below a version; a few have not.
  if (status === 404 && !/\/v\d/.test(place)) return `. Does the baseUrl of the backend "${backend}" lack its /v1?`;
  return "";
}

/** A page of HTML says no more than that. */
const MOST_WORDS = 300;

/** What a `fetch` that rejected, or a body that broke off, becomes. */
export function connectionFailure(error: unknown, { backend, place, model, hide }: FailedConnection): ModelError {
  const failed = connectionFailureOf(error);
  const reason = hide(failed.reason);
  // Only the root: what the AI SDK wraps around it carries the whole request, with what people said. Platforms quote a
  // header that they cannot send, and a cause is printed as it is.
  const cause = reason === failed.reason ? { cause: failed.root } : {};
  const about = { backend, ...cause, ...(model !== undefined && { model }) };
  if (failed.isUnresolved) {
    const message = `the name of the host in ${place} cannot be resolved: check baseUrl, or the network`;
    return new ModelError(message, { failure: "network", ...about });
  }
  if (failed.isUnanswered) {
    const message = `nothing answers on ${place}: check the network, start the server if it is yours, or set baseUrl to where it runs`;
    return new ModelError(message, { failure: "network", ...about });
  }
  return new ModelError(`the connection to ${place} broke: ${reason}`, { failure: failed.failure, ...about });
}

export interface FailedConnection extends Pick<Connection, "backend" | "place" | "hide"> {
  readonly model?: string;
}
