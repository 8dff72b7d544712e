import { beforeAll, describe, expect, test } from "vitest";
import { isEqual, playAll } from "./play-all.ts";
import { hasRecordings } from "./recorded-case.ts";
import { report } from "./report.ts";
import type { Played } from "./rows/row.ts";
import { ROWS } from "./rows/rows.ts";

if (!hasRecordings)
  console.info("seed: skipped, because the recordings of contenox/runtime are not beside the repository");

/** Where the text of a value may be another: never what ran, in which order, or what was asked of which model. */
const PRINTED =
  /^(output|state\[\d+\]\.(input|output|transition)|modelCalls\[\d+\]\.(messages\[\d+\]\.content|embed))$/;

describe.skipIf(!hasRecordings)("the recorded answers of contenox/runtime", () => {
  let played: ReadonlyMap<string, Played> = new Map();

  beforeAll(async () => {
    played = await playAll();
    console.info(report(played, ROWS));
  }, 60_000);

  test("are enough to mean something", () => {
    expect(played.size).toBeGreaterThan(900);
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

  test("differ freely only in how values are printed", () => {
    const free = ROWS.filter(({ kind }) => kind === "free").flatMap(({ cases }) => cases);
    const paths = free.flatMap((name) => Object.keys(played.get(name)?.differences ?? {}));
    expect(paths.filter((path) => !PRINTED.test(path))).toEqual([]);
  });

  describe.each(ROWS)("$name", (row) => {
    test.each(row.cases)("%s", (name) => {
      const one = played.get(name);
      if (one === undefined) throw new Error(`${name} was not played: is it still recorded?`);
      row.check(one);
    });
  });
});
