import { beforeAll, describe, expect, test } from "vitest";

/** What was recorded, played. */
export interface PlayedRecording {
  readonly recorded: { readonly name: string };
  /** By path. */
  readonly differences: Readonly<Record<string, unknown>>;
}

/** A difference from the original, and the recordings in which it shows. */
export interface DifferenceRow<Played> {
  readonly name: string;
  readonly cases: readonly string[];
  /** Throws where our answer to one of the cases is not the expected one. */
  check(played: Played): void;
}

export interface RecordingsTest<Played, Row> {
  /** Plays every recording. By name. */
  readonly play: () => Promise<ReadonlyMap<string, Played>>;
  readonly rows: readonly Row[];
  readonly report: (played: ReadonlyMap<string, Played>, rows: readonly Row[]) => string;
  readonly moreThan: number;
  readonly timeoutMs: number;
}

/** That our answers are the original's, but for those that stand in a row. Gives a look at what was played. */
export function testRecordings<Played extends PlayedRecording, Row extends DifferenceRow<Played>>(
  options: RecordingsTest<Played, Row>,
): () => ReadonlyMap<string, Played> {
  const { play, rows, report, moreThan, timeoutMs } = options;
  let played: ReadonlyMap<string, Played> = new Map();

  beforeAll(async () => {
    played = await play();
    console.info(report(played, rows));
  }, timeoutMs);

  test("are enough to mean something", () => {
    expect(played.size).toBeGreaterThan(moreThan);
  });

  test("are ours too, but for those that stand in a row", () => {
    expect(differencesInNoRow(played, rows)).toEqual({});
  });

  test("differ in every case that stands in a row", () => {
    const idle = rows
      .flatMap(({ cases }) => cases)
      .filter((name) => {
        const one = played.get(name);
        return one === undefined || isEqual(one);
      });
    expect(idle).toEqual([]);
  });

  describe.each(rows)("$name", (row) => {
    test.each(row.cases)("%s", (name) => {
      const one = played.get(name);
      if (one === undefined) throw new Error(`${name} was not played: is it still recorded?`);
      row.check(one);
    });
  });

  return () => played;
}

export function isEqual({ differences }: PlayedRecording): boolean {
  return Object.keys(differences).length === 0;
}

/** Those that differ though they stand in no row. */
export function inNoRow<Played extends PlayedRecording>(
  played: ReadonlyMap<string, Played>,
  rows: readonly { readonly cases: readonly string[] }[],
): readonly Played[] {
  const known = new Set(rows.flatMap(({ cases }) => cases));
  return [...played.values()].filter((one) => !isEqual(one) && !known.has(one.recorded.name));
}

/** What differs in them, by their names. */
export function differencesInNoRow(
  played: ReadonlyMap<string, PlayedRecording>,
  rows: readonly { readonly cases: readonly string[] }[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(inNoRow(played, rows).map(({ recorded, differences }) => [recorded.name, differences]));
}
