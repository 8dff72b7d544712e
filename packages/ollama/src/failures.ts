import { CatenaryError, type FailureClass, ModelError } from "@catenary/core";
import type { Connection } from "./connection.ts";

/** What a rejected `fetch`, or a body that breaks off, becomes. */
export function connectionFailure(error: unknown, { root, backend }: Connection, model?: string): unknown {
  if (CatenaryError.isInstance(error)) return error;
  const { code, reason } = deepest(error);
  const about = { backend, cause: error, ...(model !== undefined && { model }) };
  if (NOBODY_THERE.test(`${code} ${reason}`)) {
    const place = root.replace(/^https?:\/\//, "");
    const message = `nothing answers on ${place}: start Ollama with \`ollama serve\`, or set OLLAMA_HOST (or baseUrl) to where it runs`;
    return new ModelError(message, { failure: "network", ...about });
  }
  const failure = /TIMEDOUT|_TIMEOUT/.test(code) ? "timeout" : "network";
  return new ModelError(`the connection to Ollama at ${root} broke: ${reason}`, { failure, ...about });
}

const NOBODY_THERE = /ECONNREFUSED|ConnectionRefused|connection refused|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN/i;

/** The cause beneath all the others: `fetch` only says that it failed. */
function deepest(error: unknown): { readonly code: string; readonly reason: string } {
  let code = "";
  let reason = String(error);
  for (let layer: unknown = error; layer instanceof Error; layer = layer.cause) {
    if (layer.message !== "") reason = layer.message;
    if ("code" in layer && typeof layer.code === "string") code = layer.code;
  }
  return { code, reason: reason || code };
}

/** Whether an error, or what caused it, comes from the connection and not from the answer. */
export function isConnectionFailure(error: unknown): boolean {
  const { code, reason } = deepest(error);
  return /^(E[A-Z]+|UND_ERR_\w+|Connection\w+)$/.test(code) || /^(terminated|fetch failed)$/i.test(reason);
}

/** What an answer that is not a success becomes: the server's own words, the status, and what to do. */
export async function refusal(response: Response, connection: Connection, model?: string): Promise<ModelError> {
  const { status, headers } = response;
  const words = wordsOf(await response.text().catch(() => ""));
  const retryAfterMs = waitAskedFor(headers);
  return new ModelError(explain(status, words, connection, model), {
    failure: classOf(status),
    backend: connection.backend,
    status,
    ...(model !== undefined && { model }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function explain(status: number, words: string, { root }: Connection, model: string | undefined): string {
  if (status === 404 && model !== undefined && words.includes("not found")) {
    return `Ollama at ${root} has no model "${model}": ${words}. Fetch it with \`ollama pull ${model}\``;
  }
  const hint = status === 404 && /page not found/.test(words) ? ". Is baseUrl the root of an Ollama server?" : "";
  return `Ollama at ${root} answered with status ${status}: ${words || "no words"}${hint}`;
}

/** `{ "error": "…" }` as Ollama tells it, `{ "error": { "message": "…" } }` as servers before it may; else the start of the text. */
function wordsOf(text: string): string {
  try {
    const { error }: { readonly error?: unknown } = JSON.parse(text);
    if (typeof error === "string") return error;
    if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
  } catch {
    // No JSON: the text itself is all there is.
  }
  return text.slice(0, 300).trim();
}

function classOf(status: number): FailureClass {
  if (status === 401 || status === 403) return "auth";
  if (status === 408) return "timeout";
  if (status === 429) return "rate_limit";
  return status >= 500 ? "server_error" : "bad_request";
}

/** `retry-after` in milliseconds. A date counts from the server's own, so that no clock has to agree. */
function waitAskedFor(headers: Headers): number | undefined {
  const wanted = headers.get("retry-after");
  if (wanted === null) return undefined;
  const ms = /^\d+$/.test(wanted) ? Number(wanted) * 1000 : Date.parse(wanted) - Date.parse(headers.get("date") ?? "");
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}
