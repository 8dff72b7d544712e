import type { Played, Row } from "./rows/row.ts";
import { isEqual } from "./test-recordings.ts";

/** How many cases are equal, and how many each row covers. */
export function report(played: ReadonlyMap<string, Played>, rows: readonly Row[]): string {
  const equal = [...played.values()].filter(isEqual).length;
  const parts = (["better", "free"] as const).map((kind) => {
    const ofKind = rows.filter((row) => row.kind === kind);
    const lines = ofKind.map((row) => `  ${String(row.cases.length).padStart(3)} ${row.name}`);
    return [`${kind} ${sum(ofKind)}`, ...lines].join("\n");
  });
  return [`Of ${played.size} recorded cases ${equal} are equal, ${sum(rows)} differ.`, ...parts].join("\n");
}

function sum(rows: readonly Row[]): number {
  return rows.reduce((total, row) => total + row.cases.length, 0);
}
