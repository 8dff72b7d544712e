import { HINTS } from "./hints.ts";
import { stem, words } from "./words.ts";

/** How strongly a text shows the signs that go with a word; 0 where it shows none, or none are known. */
export function signStrength(word: string, text: string): number {
  const key = stem(word.toLowerCase());
  const phrases = SIGNS.get(key);
  if (phrases === undefined) return 0;
  const searched = remembered(text);
  let strength = 0;
  // A longer phrase says more than its words do, so that `not urgent` outweighs the `urgent` in it.
  for (const phrase of phrases) if (searched.includes(phrase.text)) strength += phrase.weight;
  return strength;
}

interface Phrase {
  readonly text: string;
  readonly weight: number;
}

const CURRENCY_WORDS: Readonly<Record<string, string>> = { "€": "eurosign", $: "dollarsign", "£": "poundsign" };

const SIGNS: ReadonlyMap<string, readonly Phrase[]> = new Map(
  HINTS.flatMap(({ labels, signs }) => {
    const phrases = new Map(list(signs).map((sign) => [searchable(sign), list(sign.replaceAll(" ", ",")).length ** 2]));
    const distinct = [...phrases].map(([text, weight]) => ({ text, weight }));
    return list(labels).map((label): [string, Phrase[]] => [stem(label), distinct]);
  }),
);

function list(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

let last: { readonly text: string; readonly searchable: string } | undefined;

/** The same text is searched for many words in a row, so the last one is kept. */
function remembered(text: string): string {
  if (last?.text !== text) last = { text, searchable: searchable(text) };
  return last.searchable;
}

/** Stems between blanks, currency signs as words of their own. */
function searchable(text: string): string {
  return ` ${words(text.replace(/[€$£]/g, (sign) => ` ${CURRENCY_WORDS[sign] ?? ""} `))
    .map(stem)
    .join(" ")} `;
}
