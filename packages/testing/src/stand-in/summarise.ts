import { splitSentences } from "./split-sentences.ts";
import { stems, words } from "./words.ts";

/** The sentences of a text that share most with the rest of it, in the order of the text. */
export function summarise(text: string, sentenceCount: number): string {
  const sentences = splitSentences(text);
  const telling = sentences.filter((sentence) => !SAYS_NOTHING.test(sentence));
  const candidates = telling.length > 0 ? telling : sentences;
  const frequency = countStems(candidates);
  return candidates
    .map((sentence, at) => ({ sentence, at, score: scoreOf(sentence, at, frequency) }))
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, Math.max(1, sentenceCount))
    .sort((a, b) => a.at - b.at)
    .map(({ sentence }) => sentence)
    .join(" ");
}

/** The words that a text uses most, as they stand in it. */
export function keywords(text: string, count: number): string[] {
  const frequency = countStems([text]);
  const best = [...frequency].sort((a, b) => b[1] - a[1]).slice(0, count);
  const spelled = new Map(
    words(text)
      .toReversed()
      .map((word) => [stems(word)[0], word]),
  );
  return best.flatMap(([stem]) => spelled.get(stem) ?? []);
}

/** The beginning of a text, to a whole word, with an ellipsis where it was cut. */
export function atMost(text: string, wordCount: number): string {
  const all = text.split(/\s+/).filter((word) => word !== "");
  return all.length <= wordCount
    ? text.trim()
    : `${all
        .slice(0, Math.max(1, wordCount))
        .join(" ")
        .replace(/[,;:.]$/, "")}…`;
}

const SAYS_NOTHING =
  /^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^.!?]{0,40}[,!.]?|(?:thanks?|thank you|cheers|(?:kind |best )?regards|sincerely)\b[^.?]{0,60})$/i;

function countStems(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const stem of stems(text)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
}

function scoreOf(sentence: string, at: number, frequency: ReadonlyMap<string, number>): number {
  const own = new Set(stems(sentence));
  let sum = 0;
  for (const stem of own) sum += frequency.get(stem) ?? 0;
  // A text's first sentence usually says what it is about; very long sentences must not win by length alone.
  return sum / Math.sqrt(Math.max(4, own.size)) + (at === 0 ? 1.5 : 0);
}
