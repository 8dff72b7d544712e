/** Something that a check found. */
export interface Problem {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

export function printProblem({ path, line, message }: Problem): string {
  return `${path}:${line} ${message}`;
}
