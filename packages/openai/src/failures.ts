import { type FailureClass, ModelError } from "@catenary/core";
import type { Connection } from "./connection.ts";

/** What an answer that is not a success becomes: the server's words without a key, the status, how long to wait. */
export async function refusal(
  response: Response,
  { backend, place, hide }: Pick<Connection, "backend" | "place" | "hide">,
): Promise<ModelError> {
  const { status } = response;
  const words = hide(wordsOf(await response.text().catch(() => "")));
  const retryAfterMs = waitAskedFor(response.headers);
  const hint = status === 401 ? `. Check the apiKey of the backend "${backend}"` : "";
  return new ModelError(`${place} answered with status ${status}: ${words.replace(/\.$/, "") || "no words"}${hint}`, {
    failure: classOf(status),
    backend,
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** What a `fetch` that rejected, or a body that broke off, becomes. */
export function connectionFailure(error: unknown, { backend, place, model }: FailedConnection): ModelError {
  const { code, reason, root } = deepest(error);
  // Only the root: what the AI SDK wraps around it carries the whole request, with what people said.
  const about = { backend, cause: root, ...(model !== undefined && { model }) };
  if (/ECONNREFUSED|ConnectionRefused|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN/i.test(`${code} ${reason}`)) {
    const message = `nothing answers on ${place}: start the server, or set baseUrl to where it runs`;
    return new ModelError(message, { failure: "network", ...about });
  }
  const failure = /TIMEDOUT|_TIMEOUT/.test(code) ? "timeout" : "network";
  return new ModelError(`the connection to ${place} broke: ${reason}`, { failure, ...about });
}

export interface FailedConnection {
  readonly backend: string;
  readonly place: string;
  readonly model?: string;
}

/** Whether an error, or what caused it, comes from the connection and not from the answer. */
export function isConnectionFailure(error: unknown): boolean {
  const { code, reason } = deepest(error);
  return /^(?:E[A-Z]+|UND_ERR_\w+|Connection\w+)$/.test(code) || /^(?:terminated|fetch failed)$/i.test(reason);
}

/** Every server of this kind has its own place for the words; a page of HTML is shortened. */
function wordsOf(text: string): string {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return text.trim().slice(0, 300);
  }
  const error = fieldOf(answer, "error");
  const places = [fieldOf(error, "message"), error, fieldOf(answer, "message"), fieldOf(answer, "detail")];
  return places.find((words) => typeof words === "string") ?? text.slice(0, 300);
}

function fieldOf(value: unknown, name: string): unknown {
  // Read through an index signature: the value is an object, and an absent field reads as undefined.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function classOf(status: number): FailureClass {
  if (status === 401 || status === 403) return "auth";
  if (status === 408) return "timeout";
  if (status === 429) return "rate_limit";
  return status >= 500 ? "server_error" : "bad_request";
}

/** OpenAI tells milliseconds in a header of its own. A date counts from the server's own, so that no clock has to agree. */
function waitAskedFor(headers: Headers): number | undefined {
  const [exact, wanted] = [headers.get("retry-after-ms"), headers.get("retry-after")];
  if (exact !== null && /^\d+(?:\.\d+)?$/.test(exact)) return Number(exact);
  if (wanted === null) return undefined;
  const isSeconds = /^\d+(?:\.\d+)?$/.test(wanted);
  const ms = isSeconds ? Number(wanted) * 1000 : Date.parse(wanted) - Date.parse(headers.get("date") ?? "");
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** The cause beneath all the others: `fetch` only says that it failed. */
function deepest(error: unknown): { readonly code: string; readonly reason: string; readonly root: unknown } {
  let code = "";
  let reason = String(error);
  let root = error;
  for (let layer: unknown = error; layer instanceof Error; layer = layer.cause) {
    root = layer;
    if (layer.message !== "") reason = layer.message;
    if ("code" in layer && typeof layer.code === "string") code = layer.code;
  }
  return { code, reason: reason || code, root };
}
