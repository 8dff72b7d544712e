import type { ErrorBody } from "./error-body.ts";
import type { FailureClass } from "./failure-class.ts";
import { failureOfStatus } from "./failure-of-status.ts";
import type { FailureReason } from "./model-error.ts";

/** What kind of failure a refusal of a model's server is. */
export interface Refusal {
  readonly failure: FailureClass;
  readonly reason?: FailureReason;
}

/**
 * What a model's server means by a refusal: by its code where it has one that says it, by the status, and by its words only
 * where neither tells, because words change.
 *
 * @param status The HTTP status. Undefined: it was told in the middle of an answer that had begun.
 */
export function refusalOf(status: number | undefined, body: ErrorBody): Refusal {
  const named = ofCodes(body.codes) ?? ofQuotas(body.quotas);
  if (named !== undefined) return named;
  if (status === 402) return QUOTA;
  if (status === 403) return ofForbidden(body);
  if (status === 503 || status === 529) return OVERLOADED;
  const told = body.codes.every((code) => GENERIC.test(code)) ? ofWords(status, body.words) : undefined;
  if (told !== undefined) return told;
  if (status !== undefined) return { failure: isWrongAddress(status) ? "unavailable" : failureOfStatus(status) };
  return { failure: body.codes.some((code) => RATE_CODES.has(code)) ? "rate_limit" : "server_error" };
}

/** A route that is not there, or that leads elsewhere, is the address of this one server: another one may well take the call. */
export function isWrongAddress(status: number): boolean {
  return status === 404 || status === 405 || (status >= 300 && status < 400);
}

const QUOTA: Refusal = { failure: "rate_limit", reason: "quota" };
const OVERLOADED: Refusal = { failure: "server_error", reason: "overloaded" };
const CONTEXT: Refusal = { failure: "bad_request", reason: "context_length" };
const CONTENT: Refusal = { failure: "bad_request", reason: "content_filter" };
const KEY: Refusal = { failure: "auth" };
const FORBIDDEN: Refusal = { failure: "auth", reason: "forbidden" };
const MISSING: Refusal = { failure: "unavailable", reason: "model_not_found" };

/** As OpenAI, Azure, Anthropic, Google, Mistral, Groq, xAI, OpenRouter and llama.cpp spell them. */
const BY_CODE: ReadonlyMap<string, Refusal> = new Map([
  ...names(QUOTA, "insufficient_quota", "quota_exceeded", "billing_hard_limit_reached", "billing_not_active"),
  ...names(QUOTA, "billing_error", "insufficient_user_quota", "insufficient_balance", "credits_exhausted"),
  ...names(CONTEXT, "context_length_exceeded", "exceed_context_size_error", "context_window_exceeded"),
  ...names(CONTEXT, "model_max_prompt_tokens_exceeded", "prompt_too_long"),
  ...names(CONTENT, "content_filter", "content_policy_violation", "responsibleaipolicyviolation"),
  ...names(CONTENT, "moderation_blocked", "safety", "prohibited_content", "content_filtered"),
  ...names(MISSING, "model_not_found", "model_not_available", "invalid_model", "deploymentnotfound", "unknown_model"),
  ...names(KEY, "invalid_api_key", "api_key_invalid", "authentication_error", "unauthenticated", "account_deactivated"),
  ...names(OVERLOADED, "overloaded_error", "overloaded", "server_overloaded", "engine_overloaded", "slow_down"),
]);

const RATE_CODES: ReadonlySet<string> = new Set([
  "rate_limit_exceeded",
  "rate_limit_error",
  "rate_limited",
  "resource_exhausted",
  "too_many_requests",
  "requests",
  "tokens",
]);

/** They say no more than the status does. */
const GENERIC =
  /^(?:\d+|null|none|error|(?:invalid|bad)_?(?:request|argument|value)(?:_?error)?|(?:api|server|internal(?:_?server)?)(?:_?error)?|not_?found(?:_?error)?|failed_precondition)$/;

function names(refusal: Refusal, ...codes: readonly string[]): readonly (readonly [string, Refusal])[] {
  return codes.map((code) => [code, refusal]);
}

function ofCodes(codes: readonly string[]): Refusal | undefined {
  for (const code of codes) {
    const refusal = BY_CODE.get(code);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** What is used up for the day does not come back when a minute is over. */
function ofQuotas(quotas: readonly string[]): Refusal | undefined {
  return quotas.some((quota) => /per_?(?:day|month)/i.test(quota)) ? QUOTA : undefined;
}

/**
 * Servers say 403 of a key, of a model that the account may not use, of what somebody wrote, and of a country. Only the first is
 * about everybody who uses the backend, so that it has to be said.
 */
function ofForbidden({ words }: ErrorBody): Refusal {
  if (REFUSED_CONTENT_WORDS.test(words)) return CONTENT;
  if (QUOTA_WORDS.test(words)) return QUOTA;
  if (/\bmodel\b/i.test(words) && (NO_ACCESS_WORDS.test(words) || MISSING_WORDS.test(words))) return MISSING;
  return KEY_WORDS.test(words) ? KEY : FORBIDDEN;
}

function ofWords(status: number | undefined, words: string): Refusal | undefined {
  if (status === 404) return /\bmodel\b/i.test(words) && MISSING_WORDS.test(words) ? MISSING : undefined;
  if (status !== undefined && !TOLD_IN_WORDS.has(status)) return undefined;
  if (CONTEXT_WORDS.test(words)) return CONTEXT;
  if (status !== 500 && /content (?:filter|management) ?(?:ing)?\b/i.test(words)) return CONTENT;
  return status !== 500 && QUOTA_WORDS.test(words) ? QUOTA : undefined;
}

const TOLD_IN_WORDS: ReadonlySet<number> = new Set([400, 413, 422, 500]);
const MISSING_WORDS = /not found|not exist|no such|unknown|not available|try pulling|^model:/i;
const QUOTA_WORDS = /credit balance is too low|insufficient (?:balance|credits?|funds)|(?:no|out of) credits?\b/i;
const REFUSED_CONTENT_WORDS =
  /\bflagged\b|moderation|content (?:filter|management|policy|policies)|(?:usage|safety|acceptable use) polic|(?:for|blocked by) safety/i;
const NO_ACCESS_WORDS =
  /\baccess\b|not (?:allowed|permitted|authori[sz]ed|entitled|enabled)|permissions?\b|\bgated\b|\brestricted\b|subscri/i;
const KEY_WORDS =
  /\bkeys?\b|credential|\btokens?\b|authenticat|unauthori[sz]ed|unregistered caller|(?:account|organi[sz]ation|project|user) (?:is |was |has been )?(?:suspended|disabled|deactivated|blocked|banned|restricted)/i;
const CONTEXT_WORDS =
  /(?:maximum|exceeds?|exceeding|larger than|longer than|greater than|over) (?:the |its |this )?(?:available |model'?s? |maximum )*(?:context|prompt)[- _]?(?:length|size|window|limit)?|context (?:length|size|window) (?:is |was )?exceed|prompt is too long|input token count .{0,40}exceeds/i;
