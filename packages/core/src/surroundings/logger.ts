import { isThenable } from "./is-thenable.ts";

export type LogLevel = "debug" | "info" | "warn" | "error";

/** Takes one structured record at a time. `fields` is plain data: ids, names, durations, codes; no text of prompts and answers, unless the runtime was made with `logText: true`. */
export interface Logger {
  log(level: LogLevel, message: string, fields: Readonly<Record<string, unknown>>): void;
}

export const silentLogger: Logger = { log() {} };

/**
 * The logger, of which no failure gets out: what is logged has happened already, and must neither fail nor hang because
 * nobody could write it down.
 */
export function isolated(logger: Logger): Logger {
  return {
    log(level, message, fields) {
      try {
        const written: unknown = logger.log(level, message, fields);
        // An `async log` fits the type too, and a promise that nobody handles would end the process.
        if (isThenable(written)) written.then(undefined, () => {});
      } catch {
        // There is nobody to tell: this was the logger.
      }
    },
  };
}
