/** With names in lower case, where they are no `Headers`. */
export type AnswerHeaders = Headers | Readonly<Record<string, string>> | undefined;

/** Longer waits are mistakes, or quotas, which are known by other signs. */
export const LONGEST_WAIT_MS = 86_400_000;

/** Longer ones are no times that anybody means. */
export const NUMBER = /^\d{1,9}(?:\.\d{1,9})?$/;

/** Empty where there is none. */
export function headerIn(headers: AnswerHeaders, name: string): string {
  const value: unknown = headers instanceof Headers ? headers.get(name) : headers?.[name];
  return typeof value === "string" ? value.trim() : "";
}

/** Longer than any time that is meant, and nevertheless the longest wait that there is. */
export const WAIT = /^\d{1,20}(?:\.\d{1,9})?$/;

/** Hosts read almost anything as a date; HTTP's dates begin with a day's name. */
export function dateIn(text: string): number | undefined {
  const date = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}
