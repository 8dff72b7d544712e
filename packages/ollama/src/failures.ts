import { CatenaryError, connectionFailureOf, errorBodyOf, ModelError, refusalOf, retryAfterOf } from "@catenary/core";
import type { Connection } from "./connection.ts";

/** What a rejected `fetch`, or a body that breaks off, becomes. */
export function connectionFailure(error: unknown, connection: Connection, model?: string): CatenaryError {
  if (CatenaryError.isInstance(error)) return error;
  const { shownRoot, backend, hide } = connection;
  const failed = connectionFailureOf(error);
  const reason = hide(failed.reason);
  // Platforms quote a header that they cannot send, and a cause is printed as it is.
  const cause = reason === failed.reason ? { cause: failed.root } : {};
  const about = { backend, ...cause, ...(model !== undefined && { model }) };
  const place = shownRoot.replace(/^https?:\/\//, "");
  if (failed.isUnresolved) {
    const message = `the name of the host in ${place} cannot be resolved: check OLLAMA_HOST (or baseUrl), or the network`;
    return new ModelError(message, { failure: "network", ...about });
  }
  if (failed.isUnanswered) {
    const message = `nothing answers on ${place}: start Ollama with \`ollama serve\`, or set OLLAMA_HOST (or baseUrl) to where it runs`;
    return new ModelError(message, { failure: "network", ...about });
  }
  return new ModelError(`the connection to Ollama at ${shownRoot} broke: ${reason}`, {
    failure: failed.failure,
    ...about,
  });
}

/** What an answer that is not a success becomes: the server's own words, the status, and what to do. */
export async function refusal(response: Response, connection: Connection, model?: string): Promise<ModelError> {
  const { status, headers } = response;
  const body = errorBodyOf(await response.text().catch(() => ""));
  const words = connection.hide(body.words).slice(0, MOST_WORDS);
  // The platform's clock counts only where a server tells a date without its own.
  const retryAfterMs = retryAfterOf(headers, Date.now(), body.json);
  return new ModelError(explain(status, words, connection, model), {
    ...refusalOf(status, body),
    backend: connection.backend,
    status,
    ...(model !== undefined && { model }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** What comes from no Ollama may be a whole page. */
const MOST_WORDS = 300;

function explain(status: number, words: string, { shownRoot }: Connection, model: string | undefined): string {
  if (status === 404 && model !== undefined && words.includes("not found")) {
    return `Ollama at ${shownRoot} has no model "${model}": ${words}. Fetch it with \`ollama pull ${model}\``;
  }
  const hint = status === 404 && /page not found/.test(words) ? ". Is baseUrl the root of an Ollama server?" : "";
  return `Ollama at ${shownRoot} answered with status ${status}: ${words || "no words"}${hint}`;
}
