const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["µs", 1e-3], // micro sign
  ["μs", 1e-3], // Greek letter mu
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;

/** What the original can hold: 2^63 - 1 nanoseconds, about 292 years. */
const LONGEST_MS = 9_223_372_036_854.775;

/**
 * A duration such as `300ms`, `1h30m`, `1.5h`, `.5m` or `+5s` in milliseconds, not rounded: `1us` is 0.001.
 * The unit may only be left out of `0`. Undefined for anything else, also for what is longer than about 292 years.
 * A minus sign is read; whether a negative duration is allowed is for the caller to say.
 */
export function parseDuration(text: string): number | undefined {
  const sign = text.startsWith("-") ? -1 : 1;
  const amount = /^[+-]/.test(text) ? text.slice(1) : text;
  if (amount === "0") return 0;
  if (amount === "") return undefined;
  let sumMs = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < amount.length) {
    const match = PART.exec(amount);
    if (match === null) return undefined;
    sumMs += Number(match[1]) * (UNIT_MS.get(match[2] ?? "") ?? Number.NaN);
  }
  if (!(sumMs <= LONGEST_MS)) return undefined;
  return sumMs === 0 ? 0 : sign * sumMs;
}
