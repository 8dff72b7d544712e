import { beforeAll, describe, expect, test } from "vitest";
import { hasRecordings } from "../../../core/tests/seed/recordings.ts";
import { differencesInNoRow } from "../../../core/tests/seed/test-recordings.ts";
import { playAll } from "../../../http/tests/vectors/play-all.ts";
import type { PlayedSequence } from "../../../http/tests/vectors/play-sequence.ts";
import { readSequences } from "../../../http/tests/vectors/recorded-sequence.ts";
import { ROWS } from "../../../http/tests/vectors/rows/rows.ts";
import { createServedWorld } from "./serve-world.ts";

// The handler is held to every recording every day; that `catenary serve` on a fresh folder is the same is asked of some, and of all in the long tests.
const EVERY = process.env.CATENARY_LONG ? 1 : 12;

describe.skipIf(!hasRecordings)("the recorded answers of contenox/runtime, by `catenary serve`", () => {
  let played: ReadonlyMap<string, PlayedSequence> = new Map();

  beforeAll(async () => {
    const sequences = readSequences().filter((_sequence, index) => index % EVERY === 0);
    played = await playAll({ makeWorld: createServedWorld, sequences, lanes: 3 });
  }, 600_000);

  test("are ours too, but for those that stand in a row", () => {
    expect(differencesInNoRow(played, ROWS)).toEqual({});
  });

  test("differ where they stand in a row, and as it says", () => {
    let checked = 0;
    for (const { cases, check } of ROWS)
      for (const name of cases) {
        const one = played.get(name);
        if (one === undefined) continue;
        check(one);
        checked++;
      }
    expect(checked).toBeGreaterThan(0);
  });
});
