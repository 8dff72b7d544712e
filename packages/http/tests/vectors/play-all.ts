import { type MakeWorld, type PlayedSequence, playSequence } from "./play-sequence.ts";
import { type RecordedSequence, readSequences } from "./recorded-sequence.ts";

/** So many at once: each has three servers. */
const LANES = 8;

export interface PlayOptions {
  readonly makeWorld?: MakeWorld;
  /** Default: every one. */
  readonly sequences?: readonly RecordedSequence[];
  readonly lanes?: number;
}

/** Plays recorded sequences. By name. */
export async function playAll(options: PlayOptions = {}): Promise<ReadonlyMap<string, PlayedSequence>> {
  const { makeWorld, sequences = readSequences(), lanes = LANES } = options;
  const waiting = sequences.toReversed();
  const played = new Map<string, PlayedSequence>();
  const lane = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      played.set(next.name, await playSequence(next, makeWorld));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return played;
}
