/** A place to write to. */
export interface Output {
  write(text: string): unknown;
  /** Whether a person reads it. */
  readonly isTTY?: boolean | undefined;
}

/** What a command has around it. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly folder: string;
  /** What was asked for: results, and the log of a server. */
  readonly output: Output;
  /** Why something did not work. */
  readonly errors: Output;
  /** Aborts when the process is to end; the reason is the signal's name. */
  readonly stop: AbortSignal;
  /** Everything that comes in by the standard input. */
  readonly readInput: () => Promise<string>;
}
