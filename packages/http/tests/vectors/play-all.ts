import { type PlayedSequence, playSequence } from "./play-sequence.ts";
import { readSequences } from "./recorded-sequence.ts";

/** So many at once: each has three servers. */
const LANES = 8;

/** Plays every recorded sequence. By name. */
export async function playAll(): Promise<ReadonlyMap<string, PlayedSequence>> {
  const waiting = readSequences().toReversed();
  const played = new Map<string, PlayedSequence>();
  const lane = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      played.set(next.name, await playSequence(next));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return played;
}

export function isEqual({ differences }: PlayedSequence): boolean {
  return Object.keys(differences).length === 0;
}
