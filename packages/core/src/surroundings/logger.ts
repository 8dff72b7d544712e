export type LogLevel = "debug" | "info" | "warn" | "error";

/** Takes one structured record at a time. `fields` is plain data: ids, names, durations, codes; no text of prompts and answers, unless the runtime was made with `logText: true`. */
export interface Logger {
  log(level: LogLevel, message: string, fields: Readonly<Record<string, unknown>>): void;
}

export const silentLogger: Logger = { log() {} };
