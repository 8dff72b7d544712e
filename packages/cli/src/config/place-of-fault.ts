import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Where what a module threw while it was loaded has its place, as `file:line`; undefined where nobody can tell. */
export function placeOfFault(error: unknown, path: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof SyntaxError) return firstLinePlace(error.stack) ?? firstLinePlace(checked(path));
  // Modules have addresses, what is no module a path.
  const [, at, line] = /\bat (?:.*\()?((?:file:|\/|[A-Za-z]:\\)\S*?):(\d+):\d+\)?/.exec(error.stack ?? "") ?? [];
  return at === undefined ? undefined : `${at.startsWith("file:") ? fileURLToPath(at) : at}:${line}`;
}

/** Node begins with the place, where it tells one. */
function firstLinePlace(text = ""): string | undefined {
  return /^(?:file:\/\/)?(\/.*|[A-Za-z]:\\.*):(\d+)$/m.exec(text.split("\n", 1)[0] ?? "")?.[0];
}

/** An import says what is wrong and not where; Node's own check says both. */
function checked(path: string): string {
  return spawnSync(process.execPath, ["--check", path], { encoding: "utf8", timeout: 10_000 }).stderr ?? "";
}
