import { type AnswerHeaders, dateIn, headerIn, NUMBER } from "./wait-headers.ts";

/** The names of what remains of a limit, and of when it is full again, as servers spell them. */
const LIMITS: readonly (readonly [remaining: string, reset: string])[] = [
  ...["requests", "tokens"].map((of) => [`x-ratelimit-remaining-${of}`, `x-ratelimit-reset-${of}`] as const),
  ...["requests", "tokens", "input-tokens", "output-tokens"].map(
    (of) => [`anthropic-ratelimit-${of}-remaining`, `anthropic-ratelimit-${of}-reset`] as const,
  ),
  ["x-ratelimit-remaining", "x-ratelimit-reset"],
  ["ratelimit-remaining", "ratelimit-reset"],
];

/**
 * How long until every limit of which nothing remains is full again, in milliseconds. A limit that still has something did not
 * refuse the request, however soon it is full again.
 *
 * @param now Milliseconds since the Unix epoch.
 */
export function resetOfExhausted(headers: AnswerHeaders, now: number): number | undefined {
  if (headers === undefined) return undefined;
  const serverNow = dateIn(headerIn(headers, "date")) ?? now;
  let longest: number | undefined;
  for (const [remaining, reset] of LIMITS) {
    const left = headerIn(headers, remaining);
    if (!NUMBER.test(left) || Number(left) > 0) continue;
    const waitMs = untilReset(headerIn(headers, reset), serverNow);
    if (waitMs !== undefined && waitMs >= (longest ?? 0)) longest = waitMs;
  }
  return longest;
}

/** As Go writes durations (`6m0s`, `12ms`), as RFC 3339 writes times, in seconds, or as seconds or milliseconds since the Unix epoch. */
function untilReset(text: string, now: number): number | undefined {
  if (RFC_3339.test(text)) {
    const until = Date.parse(text);
    return Number.isNaN(until) ? undefined : Math.max(0, until - now);
  }
  if (/^\d{13}$/.test(text)) return Math.max(0, Number(text) - now);
  if (/^\d{10}$/.test(text)) return Math.max(0, Number(text) * 1000 - now);
  if (NUMBER.test(text)) return Number(text) * 1000;
  return goDuration(text);
}

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;

function goDuration(text: string): number | undefined {
  if (!GO_DURATION.test(text)) return undefined;
  let waitMs = 0;
  for (const [, amount, unit] of text.matchAll(GO_PIECE)) waitMs += Number(amount) * (UNIT_MS[unit ?? ""] ?? 0);
  return waitMs;
}

const GO_DURATION = /^(?:\d{1,9}(?:\.\d{1,9})?(?:h|m|s|ms|us|µs|ns)){1,6}$/;
const GO_PIECE = /(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g;
const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000_001,
};
