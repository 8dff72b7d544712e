import {
  connectionError,
  type ErrorBody,
  errorBodyOf,
  ModelError,
  type Refusal,
  refusalError,
  refusalOf,
  retryAfterOf,
} from "@catenary/core";
import type { Connection } from "./connection.ts";

export type Speaker = Pick<Connection, "backend" | "place" | "hide">;

/** What an answer that is not a success becomes. Gemini tells its times in the body. */
export function refusal(response: Response, { backend, place, hide }: Speaker): Promise<ModelError> {
  return refusalError(response, {
    backend,
    hide,
    meaningOf,
    explain: (told, { failure, reason }) => {
      const words = isRedirect(response) ? REDIRECTED : told.replace(/\.$/, "");
      const isOfKey = failure === "auth" && reason === undefined;
      const isOfAddress = failure === "unavailable" && reason === undefined;
      const check = isOfKey ? "apiKey" : isOfAddress && !isRedirect(response) ? "baseUrl" : undefined;
      const hint = check === undefined ? "" : `. Check the ${check} of the backend "${backend}"`;
      return `${place} answered with status ${response.status}: ${words || "no words"}${hint}`;
    },
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
export function connectionFailure(error: unknown, call: FailedCall): ModelError {
  return connectionError(error, {
    ...call,
    setting: "baseUrl",
    whenNobody: "check the network, or set baseUrl to where the API is",
  });
}

export interface FailedCall extends Speaker {
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
