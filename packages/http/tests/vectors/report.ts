import { inNoRow, isEqual } from "../../../core/tests/seed/test-recordings.ts";
import type { PlayedSequence } from "./play-sequence.ts";
import type { Row } from "./rows/row.ts";

/** How many sequences are equal, how many each row covers, and what of the others differs. */
export function report(played: ReadonlyMap<string, PlayedSequence>, rows: readonly Row[]): string {
  const equal = [...played.values()].filter(isEqual).length;
  const known = new Set(rows.flatMap(({ cases }) => cases));
  const unknown = inNoRow(played, rows);
  return [
    `Of ${played.size} recorded sequences ${equal} are equal, ${known.size} differ as a row says, ${unknown.length} otherwise.`,
    ...rows.map(({ name, cases }) => `  ${String(cases.length).padStart(3)} ${name}`),
    ...unknown.flatMap(describe),
  ].join("\n");
}

function describe({ recorded, differences }: PlayedSequence): readonly string[] {
  const lines = Object.entries(differences).map(([path, ours]) => {
    const step = recorded.steps[Number(/^steps\[(\d+)\]/.exec(path)?.[1])];
    const request = step === undefined ? "" : `${step.method} ${step.path} `;
    return `    ${request}${path}: ${JSON.stringify(ours)?.slice(0, 200)}`;
  });
  return [`  ${recorded.name}`, ...lines];
}
