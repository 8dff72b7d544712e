/** Where a value, or a schema itself, is not as it is to be. Never has the value in it. */
export interface SchemaProblem {
  /** A JSON path from the root `$`. */
  readonly path: string;
  /** What was expected, and what came. */
  readonly message: string;
}

/** How many problems a message names. */
const NAMED = 5;

/** Problems in one line, for messages. */
export function listProblems(problems: readonly SchemaProblem[]): string {
  const named = problems.slice(0, NAMED).map(({ path, message }) => `${path}: ${message}`);
  return problems.length > NAMED ? `${named.join("; ")}; and ${problems.length - NAMED} more` : named.join("; ");
}
