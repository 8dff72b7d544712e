import { CatenaryError } from "../errors/catenary-error.ts";
import { causesOf } from "../errors/causes-of.ts";
import { isConnectionFailure } from "../errors/connection-failure.ts";
import { copyError } from "../errors/copy-error.ts";
import { errorBodyOf, fieldOf, plainWords } from "../errors/error-body.ts";
import type { FailureClass } from "../errors/failure-class.ts";
import { hideKeys } from "../errors/hide-keys.ts";
import { hideSecrets } from "../errors/hide-secrets.ts";
import { messageOf } from "../errors/message-of.ts";
import { ModelError } from "../errors/model-error.ts";
import { isWrongAddress, type Refusal, refusalOf } from "../errors/refusal-of.ts";
import { retryAfterOf } from "../errors/retry-after-of.ts";

/** What was asked for where it was no model. */
export const LIST_OF_MODELS = "the list of models";

export interface FailedCall {
  readonly backend: string;
  readonly baseUrl: string | undefined;
  readonly model: string;
  /** Milliseconds since the Unix epoch, to read a date in Retry-After. */
  readonly now: number;
}

/**
 * Any error of a provider as one of ours. Providers are recognised by the shape of their errors, not by their classes:
 * there may be several copies of a package, and there are packages that core has never heard of.
 */
export function toModelError(error: unknown, call: FailedCall): CatenaryError {
  if (CatenaryError.isInstance(error)) return named(error, call);
  const { backend, model, baseUrl } = call;
  const hide = hideSecrets(baseUrl === undefined ? {} : { url: baseUrl });
  const about = { backend, model, ...keptCause(error, hide) };
  const status = numberAt(error, "statusCode") ?? numberAt(error, "status");
  if (status !== undefined && status >= FIRST_REFUSAL) {
    const body = errorBodyOf(fieldOf(error, "data") ?? fieldOf(error, "responseBody") ?? messageOf(error));
    const retryAfterMs = retryAfterOf(headersOf(error), call.now, body.json);
    const refusal = refusalOf(status, body);
    const hint = refusal.reason === undefined ? hintFor(status) : "";
    const words = hide(plainWords(messageOf(error))).slice(0, MOST_WORDS);
    return new ModelError(`${model} on ${backend} answered ${status}: ${words}${hint}`, {
      ...refusal,
      ...about,
      status,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  const code = networkCode(error);
  if (code !== undefined) {
    const where = placeOf(call.baseUrl) ?? backend;
    return new ModelError(whatFailed(code, `${where}, where the backend ${backend} should be`), {
      failure: "network",
      ...about,
    });
  }
  return new ModelError(`${model} on ${backend} failed: ${hide(wordsOf(error))}`, {
    ...(error instanceof Error ? refusalOfName(error) : toldInStream(error)),
    ...about,
  });
}

const MOST_WORDS = 1_000;

function hintFor(status: number): string {
  if (status === 401) return ". Is the key of the backend right?";
  return isWrongAddress(status) ? ". Is the address of the backend right?" : "";
}

/** What an adapter threw, with who was asked: whatever the transport refuses is about this one server's address. */
function named(error: CatenaryError, { backend, model }: FailedCall): CatenaryError {
  const { message, details, failure, code } = error;
  if (failure === "cancelled") return error;
  const isOfAddress = failure === "chain" && OF_ADDRESS.has(code);
  if (typeof details.backend === "string" && !isOfAddress) return error;
  // A list's error stands behind its backend's name wherever it is told.
  const isOfList = model === LIST_OF_MODELS;
  return copyError(error, {
    details: { backend, ...(!isOfList && { model }), ...details },
    ...(!isOfList && !message.includes(backend) && { message: `${model} on ${backend}: ${message}` }),
    ...(isOfAddress && { failure: "unavailable" }),
  });
}

const OF_ADDRESS: ReadonlySet<string> = new Set(["address_refused", "redirect_refused", "transport_closed"]);

/** A cause is printed as it is, so that it is none where it quotes the backend's address. */
function keptCause(error: unknown, hide: (text: string) => string): { readonly cause?: unknown } {
  const isClean = causesOf(error).every((layer) => hide(messageOf(layer)) === hideKeys(messageOf(layer)));
  return isClean ? { cause: error } : {};
}

/** A server that fails in the middle of its answer says so as data: the provider hands it on as it came. */
function toldInStream(error: unknown): Refusal {
  const name = failureOfName(error);
  return name === "server_error" ? refusalOf(undefined, errorBodyOf(error)) : { failure: name };
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? "" : errorBodyOf(error).words) || messageOf(error);
}

/** Below it the server did answer, and what came cannot be used: the AI SDK tells the status of that answer too. */
const FIRST_REFUSAL = 300;

function refusalOfName(error: Error): Refusal {
  // The provider has no such model; another backend may.
  if (error.name === "AI_NoSuchModelError") return { failure: "unavailable", reason: "model_not_found" };
  return { failure: failureOfName(error) };
}

/** Errors of the AI SDK's provider packages that say in their name what went wrong. */
function failureOfName(error: unknown): FailureClass {
  const name = stringAt(error, "name") ?? "";
  if (name === "AI_LoadAPIKeyError" || name === "AI_LoadSettingError") return "auth";
  if (OF_THE_REQUEST.has(name)) return "bad_request";
  if (name === "TimeoutError") return "timeout";
  if (name === "AI_APICallError") return hasAnswered(error) && !isConnectionFailure(error) ? "reply" : "network";
  if (name === "TypeError" && isOfFetch(error)) return "network";
  if (name.startsWith("AI_")) return "reply";
  return "server_error";
}

const OF_THE_REQUEST: ReadonlySet<string> = new Set([
  "AI_UnsupportedFunctionalityError",
  "AI_InvalidPromptError",
  "AI_InvalidArgumentError",
  "AI_TooManyEmbeddingValuesForCallError",
]);

function hasAnswered(error: unknown): boolean {
  return numberAt(error, "statusCode") !== undefined;
}

/** Platforms report a connection that failed as a TypeError, and a mistake in a program is one too. */
function isOfFetch(error: unknown): boolean {
  return fieldOf(error, "cause") !== undefined || OF_FETCH.test(stringAt(error, "message") ?? "");
}

const OF_FETCH = /fetch|network|load failed|terminated|connection|socket/i;

/** The system's code of a broken or refused connection, however deep it is wrapped. */
function networkCode(error: unknown): string | undefined {
  for (const cause of causesOf(error)) {
    const code = stringAt(cause, "code");
    if (code !== undefined && NETWORK_CODES.test(code)) return code;
  }
  return undefined;
}

function whatFailed(code: string, where: string): string {
  if (code === "ECONNREFUSED") return `nothing answers on ${where}`;
  if (code === "ENOTFOUND") return `there is no host of the name in ${where} (${code}): check the address`;
  return `the connection to ${where}, failed (${code})`;
}

const NETWORK_CODES = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|EPIPE|ETIMEDOUT|UND_ERR|ConnectionRefused|ConnectionClosed)/;

function placeOf(baseUrl: string | undefined): string | undefined {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return undefined;
  return new URL(baseUrl).host;
}

function headersOf(error: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof error !== "object" || error === null || !("responseHeaders" in error)) return undefined;
  const headers = error.responseHeaders;
  if (typeof headers !== "object" || headers === null) return undefined;
  const entries = headers instanceof Headers ? [...headers] : Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function numberAt(value: unknown, key: string): number | undefined {
  const field = fieldOf(value, key);
  return typeof field === "number" ? field : undefined;
}

function stringAt(value: unknown, key: string): string | undefined {
  const field = fieldOf(value, key);
  return typeof field === "string" ? field : undefined;
}
