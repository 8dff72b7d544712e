import type { MeasuredFunction } from "./measure-functions.ts";
import type { Problem } from "./problem.ts";
import type { SourceFile } from "./source-files.ts";

interface Limit {
  readonly warn: number;
  readonly fail: number;
}

const FILE: Limit = { warn: 250, fail: 400 };
const FUNCTION: Limit = { warn: 60, fail: 120 };

export interface SizeVerdict extends Problem {
  readonly severity: "warning" | "error";
}

/** What is too long in a file: the file itself, or functions of it. */
export function judgeSize({ path, text }: SourceFile, functions: readonly MeasuredFunction[]): SizeVerdict[] {
  const fileLines = text.trimEnd().split("\n").length;
  const spans = [
    { what: "the file", line: 1, lines: fileLines, limit: FILE },
    ...functions.map(({ name, line, lines }) => ({ what: name, line, lines, limit: FUNCTION })),
  ];
  return spans.flatMap(({ what, line, lines, limit }): SizeVerdict[] => {
    if (lines <= limit.warn) return [];
    const severity = lines > limit.fail ? "error" : "warning";
    const allowed = severity === "error" ? `at most ${limit.fail} are allowed` : `more than ${limit.warn} are much`;
    return [{ path, line, severity, message: `${what} has ${lines} lines, ${allowed}` }];
  });
}
