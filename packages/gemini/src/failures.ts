import {
  connectionFailureOf,
  type ErrorBody,
  errorBodyOf,
  ModelError,
  type Refusal,
  refusalOf,
  retryAfterOf,
} from "@catenary/core";
import type { Connection } from "./connection.ts";

export type Speaker = Pick<Connection, "backend" | "place" | "hide">;

/** What an answer that is not a success becomes: the server's words without a key, the status, how long to wait. */
export async function refusal(response: Response, { backend, place, hide }: Speaker): Promise<ModelError> {
  const { status } = response;
  const body = errorBodyOf(await response.text().catch(() => ""));
  const words = isRedirect(response) ? REDIRECTED : shortened(hide(body.words)).replace(/\.$/, "");
  const refused = meaningOf(status, body);
  // The platform's clock counts only where a server tells a date without its own. Gemini tells its times in the body.
  const retryAfterMs = retryAfterOf(response.headers, Date.now(), body.json);
  const hint =
    refused.failure === "auth" && refused.reason === undefined ? `. Check the apiKey of the backend "${backend}"` : "";
  return new ModelError(`${place} answered with status ${status}: ${words || "no words"}${hint}`, {
    ...refused,
    backend,
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** What a server says in the middle of a stream; undefined where it says nothing that can be read. */
export function streamFailure(told: ToldInStream, call: StreamSpeaker): ModelError | undefined {
  const { backend, place, hide, model } = call;
  const { statusCode: status, data } = told;
  const body = errorBodyOf(data);
  if (body.words === "") return undefined;
  const retryAfterMs = retryAfterOf(undefined, Date.now(), data);
  return new ModelError(`${place} failed while it answered: ${shortened(hide(body.words))}`, {
    ...meaningOf(status, body),
    backend,
    model,
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** The AI SDK's reading of an error event, and the error as it came. */
export interface ToldInStream {
  readonly statusCode?: number | undefined;
  readonly data: unknown;
}

export interface StreamSpeaker extends Speaker {
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
  if (failed.isUnresolved) {
    const message = `the name of the host in ${place} cannot be resolved: check baseUrl, or the network`;
    return new ModelError(message, { failure: "network", ...about });
  }
  if (failed.isUnanswered) {
    const message = `nothing answers on ${place}: check the network, or set baseUrl to where the API is`;
    return new ModelError(message, { failure: "network", ...about });
  }
  return new ModelError(`the connection to ${place} broke: ${reason}`, { failure: failed.failure, ...about });
}

export interface FailedConnection extends Speaker {
  readonly model?: string;
}

/** Google calls a wrong key a bad argument, and a model that the account may not use at all one whose limit is 0. */
function meaningOf(status: number | undefined, body: ErrorBody): Refusal {
  if (body.codes.includes("api_key_invalid")) return { failure: "auth" };
  const isNeverAllowed = status === 429 && /\blimit: 0\b/.test(body.words);
  return isNeverAllowed ? { failure: "rate_limit", reason: "quota" } : refusalOf(status, body);
}

/** A browser gives an answer that would redirect no status. */
function isRedirect({ status, type }: Response): boolean {
  return type === "opaqueredirect" || (status >= 300 && status < 400);
}

const REDIRECTED =
  "it sends the call to another address, and the key must not go there. Set baseUrl to where the API is";

/** A page of HTML says no more than that. */
function shortened(words: string): string {
  return words.slice(0, 300);
}
