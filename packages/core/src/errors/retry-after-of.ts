/**
 * How long a server asked to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date. Undefined
 * where it says nothing that can be understood.
 *
 * @param headers With names in lower case, where they are no `Headers`.
 * @param now Milliseconds since the Unix epoch. From then a date counts where the server does not tell its own `date`.
 */
export function retryAfterOf(
  headers: Headers | Readonly<Record<string, string>> | undefined,
  now: number,
): number | undefined {
  const precise = headerOf(headers, "retry-after-ms");
  if (NUMBER.test(precise)) return Number(precise);
  const text = headerOf(headers, "retry-after");
  if (NUMBER.test(text)) return Number(text) * 1000;
  const until = dateOf(text);
  // By the server's own clock, so that no two clocks have to agree.
  return until === undefined ? undefined : Math.max(0, until - (dateOf(headerOf(headers, "date")) ?? now));
}

/** Longer ones are no times that anybody means. */
const NUMBER = /^\d{1,9}(?:\.\d+)?$/;

function headerOf(headers: Headers | Readonly<Record<string, string>> | undefined, name: string): string {
  return ((headers instanceof Headers ? headers.get(name) : headers?.[name]) ?? "").trim();
}

/** Hosts read almost anything as a date; HTTP's dates begin with a day's name. */
function dateOf(text: string): number | undefined {
  const date = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}
