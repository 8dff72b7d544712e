import type { Logger, LogLevel } from "@catenary/core";
import type { Output } from "../command/surroundings.ts";
import { jsonLine } from "./json-line.ts";
import { readableLine } from "./readable-line.ts";

export const LOG_LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];
export const LOG_FORMATS = ["json", "text"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export interface LogOptions {
  readonly output: Output;
  /** Records below it are left out. */
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

export interface Log extends Logger {
  /** Writes what has not been written yet. */
  flush(): void;
}

/** Longer texts are not put together before they are written. */
const LONGEST_BATCH = 64 * 2 ** 10;

/** Writes one line for each record. What comes in one turn is written at once: a call of the system for each line would be dear. */
export function createLog({ output, level, format, now }: LogOptions): Log {
  const lowest = LOG_LEVELS.indexOf(level);
  const lineOf = format === "json" ? jsonLine : readableLine;
  let batch = "";
  const flush = () => {
    if (batch === "") return;
    const text = batch;
    batch = "";
    output.write(text);
  };
  return {
    log(of, message, fields) {
      if (LOG_LEVELS.indexOf(of) < lowest) return;
      if (batch === "") setImmediate(flush);
      batch += `${lineOf({ time: now(), level: of, message, fields })}\n`;
      if (batch.length > LONGEST_BATCH) flush();
    },
    flush,
  };
}
