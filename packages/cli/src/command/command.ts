import type { Surroundings } from "./surroundings.ts";

/** Something that can be done from the command line. */
export interface Command {
  readonly name: string;
  /** One sentence for the list of commands. */
  readonly summary: string;
  readonly usage: string;
  /** Resolves to the exit code: 0 it worked, 1 it did not, 2 it was asked for in a wrong way. Rejects where it could not begin. */
  run(args: readonly string[], surroundings: Surroundings): Promise<number>;
}
