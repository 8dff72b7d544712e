import { describe, expect, test } from "vitest";
import { playAll } from "./play-all.ts";
import { hasRecordings } from "./recordings.ts";
import { report } from "./report.ts";
import { ROWS } from "./rows/rows.ts";
import { testRecordings } from "./test-recordings.ts";

if (!hasRecordings)
  console.info("seed: skipped, because the recordings of contenox/runtime are not beside the repository");

/** Where the text of a value may be another: never what ran, in which order, or what was asked of which model. */
const PRINTED =
  /^(output|state\[\d+\]\.(input|output|transition)|modelCalls\[\d+\]\.(messages\[\d+\]\.content|embed))$/;

describe.skipIf(!hasRecordings)("the recorded answers of contenox/runtime", () => {
  const played = testRecordings({ play: playAll, rows: ROWS, report, moreThan: 900, timeoutMs: 60_000 });

  test("differ freely only in how values are printed", () => {
    const free = ROWS.filter(({ kind }) => kind === "free").flatMap(({ cases }) => cases);
    const paths = free.flatMap((name) => Object.keys(played().get(name)?.differences ?? {}));
    expect(paths.filter((path) => !PRINTED.test(path))).toEqual([]);
  });
});
