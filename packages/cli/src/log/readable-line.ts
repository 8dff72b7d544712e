import type { LogRecord } from "./log-record.ts";

/** A record as a line for a person at a terminal: when, how bad, what, and what belongs to it. */
export function readableLine({ time, level, message, fields }: LogRecord): string {
  const clock = new Date(time).toISOString().slice(11, 23);
  const parts = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined || name === "at" || name === "seq" ? [] : [`${name}=${show(value)}`],
  );
  return [clock, level.padEnd(5), message, ...parts].join(" ");
}

function show(value: unknown): string {
  if (typeof value === "string" && /^[\w./:@{}-]+$/.test(value)) return value;
  try {
    return JSON.stringify(value) ?? "undefined";
  } catch {
    return "…";
  }
}
