import { differencesOf } from "./differences.ts";
import { play } from "./play.ts";
import { readCases } from "./recorded-case.ts";
import type { Played } from "./rows/row.ts";
import { theirAnswer } from "./their-answer.ts";

/** Plays every recorded case, all at the same time: some of them wait. By name. */
export async function playAll(): Promise<ReadonlyMap<string, Played>> {
  const played = await Promise.all(
    readCases().map(async (recorded): Promise<Played> => {
      const theirs = theirAnswer(recorded);
      const ours = await play(recorded);
      return { recorded, theirs, ours, differences: differencesOf(theirs, ours) };
    }),
  );
  return new Map(played.map((one) => [one.recorded.name, one]));
}
