/** What the original writes where there is no time. */
export const NO_TIME = "0001-01-01T00:00:00Z";

const MICROS_PER_SECOND = 1_000_000;
const FORM = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Microseconds since the Unix epoch as RFC 3339, in UTC. */
export function toRfc3339(micros: number): string {
  const fraction = micros % MICROS_PER_SECOND;
  const seconds = new Date((micros - fraction) / 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(fraction).padStart(6, "0")}Z`;
}

/** Microseconds since the Unix epoch, with a fraction where there is one; undefined where the text is no time. */
export function fromRfc3339(text: string): number | undefined {
  const [, seconds, fraction = "", zone] = FORM.exec(text) ?? [];
  const millis = Date.parse(`${seconds}${zone}`);
  return Number.isNaN(millis) ? undefined : millis * 1000 + Number(`0${fraction}`) * MICROS_PER_SECOND;
}
