import { connectionFailureOf, failureOfStatus, ModelError, retryAfterOf } from "@catenary/core";
import type { Connection } from "./connection.ts";

/** What an answer that is not a success becomes: the server's words without a key, the status, how long to wait. */
export async function refusal(
  response: Response,
  { backend, place, hide }: Pick<Connection, "backend" | "place" | "hide">,
): Promise<ModelError> {
  const { status } = response;
  const words = hide(wordsOf(await response.text().catch(() => ""))).slice(0, MOST_WORDS);
  // The platform's clock counts only where a server tells a date without its own.
  const retryAfterMs = retryAfterOf(response.headers, Date.now());
  const hint = status === 401 ? `. Check the apiKey of the backend "${backend}"` : "";
  return new ModelError(`${place} answered with status ${status}: ${words.replace(/\.$/, "") || "no words"}${hint}`, {
    failure: failureOfStatus(status),
    backend,
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
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
  if (failed.isUnanswered) {
    const message = `nothing answers on ${place}: check the network, start the server if it is yours, or set baseUrl to where it runs`;
    return new ModelError(message, { failure: "network", ...about });
  }
  return new ModelError(`the connection to ${place} broke: ${reason}`, { failure: failed.failure, ...about });
}

export interface FailedConnection extends Pick<Connection, "backend" | "place" | "hide"> {
  readonly model?: string;
}

/** Every server of this kind has its own place for the words. */
function wordsOf(text: string): string {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return text.trim();
  }
  const error = fieldOf(answer, "error");
  const places = [fieldOf(error, "message"), error, fieldOf(answer, "message"), fieldOf(answer, "detail")];
  return places.find((words) => typeof words === "string") ?? text;
}

function fieldOf(value: unknown, name: string): unknown {
  // Read through an index signature: the value is an object, and an absent field reads as undefined.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
