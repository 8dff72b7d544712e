import { stems, words } from "./words.ts";

/** How many numbers a vector of the stand-in has, unless another length is asked for. */
export const DIMENSIONS = 256;

/**
 * A vector of length 1 made of a text's words, pairs of words and parts of words, so that texts with words in common are close.
 * It knows no synonyms. A text without any word gives the first unit vector.
 */
export function embed(text: string, dimensions: number = DIMENSIONS): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const [feature, weight] of features(text)) {
    const hash = hashOf(feature);
    const at = hash % dimensions;
    // The sign comes from another bit than the place, so that features that fall on the same place cancel as often as they add.
    vector[at] = (vector[at] ?? 0) + (hash & 0x4000_0000 ? weight : -weight);
  }
  const length = Math.hypot(...vector);
  if (length === 0) return vector.map((_, at) => (at === 0 ? 1 : 0));
  return vector.map((component) => component / length);
}

function* features(text: string): Generator<readonly [string, number]> {
  const kept = stems(text);
  for (const [at, word] of kept.entries()) {
    yield [`w:${word}`, 1];
    const next = kept[at + 1];
    if (next !== undefined) yield [`p:${word} ${next}`, 0.5];
    for (let from = 0; from + 3 <= word.length; from++) yield [`c:${word.slice(from, from + 3)}`, 0.25];
  }
  // Words that carry little meaning still tell two short texts apart.
  for (const word of words(text)) yield [`s:${word}`, 0.1];
}

function hashOf(text: string): number {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  // Mixes the high bits into the low ones, which choose the place.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
