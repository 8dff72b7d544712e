import type { LogRecord } from "./log-record.ts";

/** A record as one line of JSON. */
export function jsonLine({ time, level, message, fields }: LogRecord): string {
  const head = { time: new Date(time).toISOString(), level, event: message };
  try {
    return JSON.stringify({ ...head, ...fields });
  } catch {
    // Fields are plain data; should something else slip in, the line is still worth more than none.
    return JSON.stringify({ ...head, unwritable: Object.keys(fields) });
  }
}
