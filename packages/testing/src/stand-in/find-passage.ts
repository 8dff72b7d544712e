import { splitSentences } from "./split-sentences.ts";
import { overlap, stems } from "./words.ts";

/** The sentence of a text that answers a question best, or undefined where none shares a word with it. */
export function findPassage(question: string, text: string): string | undefined {
  const asked = stems(question);
  const kind = EXPECTED.find(({ question: pattern }) => pattern.test(question));
  let best: { readonly sentence: string; readonly score: number } | undefined;
  for (const sentence of splitSentences(text)) {
    const shared = overlap(asked, new Set(stems(sentence)));
    if (shared === 0) continue;
    const score = shared + (kind?.answer.test(sentence) ? 0.6 : 0);
    if (best === undefined || score > best.score) best = { sentence, score };
  }
  return best?.sentence;
}

/** What the answer to such a question usually contains. */
const EXPECTED = [
  { question: /\bwho\b/i, answer: /\s\p{Lu}\p{Ll}+/u },
  { question: /\bwhere\b/i, answer: /\b(?:in|at|to|from|near) \p{Lu}/u },
  {
    question: /\bwhen\b|\bwhat (?:time|day|date|year)\b/i,
    answer: /\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\btomorrow\b/i,
  },
  { question: /\bhow (?:much|many|long|far|old)\b/i, answer: /\d/ },
];
