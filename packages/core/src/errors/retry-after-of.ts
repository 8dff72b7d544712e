import { fieldOf } from "./error-body.ts";
import { resetOfExhausted } from "./reset-of-exhausted.ts";
import { type AnswerHeaders, dateIn, headerIn, LONGEST_WAIT_MS, WAIT } from "./wait-headers.ts";

/**
 * How long a server asked to wait, in milliseconds, at most a day. The first of these that says it counts:
 *
 * 1. `retry-after-ms`, `x-ms-retry-after-ms`: milliseconds.
 * 2. `retry-after`: seconds, or a date, by the server's own `date` where it tells one.
 * 3. The reset of a rate limit of which nothing remains, as OpenAI, Anthropic and the IETF's draft spell it.
 * 4. `RetryInfo` in the body, as Google's servers tell it.
 *
 * Undefined where it says nothing that can be understood.
 *
 * @param headers With names in lower case, where they are no `Headers`.
 * @param now Milliseconds since the Unix epoch. From then a date counts where the server does not tell its own `date`.
 * @param body The answer's body, parsed, where there is one.
 */
export function retryAfterOf(headers: AnswerHeaders, now: number, body?: unknown): number | undefined {
  const waitMs = inHeaders(headers, now) ?? resetOfExhausted(headers, now) ?? inBody(body);
  return waitMs === undefined ? undefined : Math.min(waitMs, LONGEST_WAIT_MS);
}

function inHeaders(headers: AnswerHeaders, now: number): number | undefined {
  for (const name of ["retry-after-ms", "x-ms-retry-after-ms"]) {
    const precise = headerIn(headers, name);
    if (WAIT.test(precise)) return Number(precise);
  }
  const text = headerIn(headers, "retry-after");
  if (WAIT.test(text)) return Number(text) * 1000;
  const until = dateIn(text);
  // By the server's own clock, so that no two clocks have to agree.
  return until === undefined ? undefined : Math.max(0, until - (dateIn(headerIn(headers, "date")) ?? now));
}

/** `{ error: { details: [{ "@type": "…RetryInfo", retryDelay: "38s" }] } }`, also inside of an array. */
function inBody(body: unknown): number | undefined {
  const answer: unknown = Array.isArray(body) ? body[0] : body;
  const details = fieldOf(fieldOf(answer, "error"), "details") ?? fieldOf(answer, "details");
  if (!Array.isArray(details)) return undefined;
  for (const detail of details) {
    const delay = fieldOf(detail, "retryDelay");
    const [, seconds = ""] = typeof delay === "string" ? (/^(.*)s$/.exec(delay) ?? []) : [];
    if (WAIT.test(seconds)) return Number(seconds) * 1000;
  }
  return undefined;
}
