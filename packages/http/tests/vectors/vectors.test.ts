import { beforeAll, describe, expect, test } from "vitest";
import { isEqual, playAll } from "./play-all.ts";
import type { PlayedSequence } from "./play-sequence.ts";
import { hasRecordings } from "./recorded-sequence.ts";
import { report } from "./report.ts";
import { ROWS } from "./rows/rows.ts";

if (!hasRecordings)
  console.info("vectors: skipped, because the recordings of contenox/runtime are not beside the repository");

describe.skipIf(!hasRecordings)("the recorded answers of contenox/runtime to sequences of requests", () => {
  let played: ReadonlyMap<string, PlayedSequence> = new Map();

  beforeAll(async () => {
    played = await playAll();
    console.info(report(played, ROWS));
  }, 120_000);

  test("are enough to mean something", () => {
    expect(played.size).toBeGreaterThan(160);
  });

  test("are ours too, but for those that stand in a row", () => {
    const known = new Set(ROWS.flatMap(({ cases }) => cases));
    const unknown = [...played.values()].filter((one) => !isEqual(one) && !known.has(one.recorded.name));
    expect(Object.fromEntries(unknown.map(({ recorded, differences }) => [recorded.name, differences]))).toEqual({});
  });

  test("differ in every case that stands in a row", () => {
    const idle = ROWS.flatMap(({ cases }) => cases).filter((name) => {
      const one = played.get(name);
      return one === undefined || isEqual(one);
    });
    expect(idle).toEqual([]);
  });

  describe.each(ROWS)("$name", (row) => {
    test.each(row.cases)("%s", (name) => {
      const one = played.get(name);
      if (one === undefined) throw new Error(`${name} was not played: is it still recorded?`);
      row.check(one);
    });
  });
});
