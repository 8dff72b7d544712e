/** The words of a text, in lower case. */
export function words(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu) ?? []).map((word) => word.replaceAll("’", "'"));
}

/** The stems of the words that carry meaning. */
export function stems(text: string): string[] {
  return words(text)
    .filter((word) => !STOP_WORDS.has(word))
    .map(stem);
}

/** A word without its usual English endings, so that `charged`, `charges` and `charge` meet. */
export function stem(word: string): string {
  let short = word.replace(/'\p{L}+$/u, "");
  for (const ending of ENDINGS) {
    if (!short.endsWith(ending) || short.length - ending.length < 3) continue;
    short = short.slice(0, -ending.length);
    break;
  }
  // shipp(ing) is ship, but bill stays bill and pass stays pass.
  return short.length > 4 && /([bdgmnpt])\1$/.test(short) ? short.slice(0, -1) : short;
}

/** How many of the first text's distinct stems the second has too. */
export function overlap(a: Iterable<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of new Set(a)) if (b.has(word)) shared++;
  return shared;
}

const ENDINGS = ["ingly", "edly", "ings", "ies", "ing", "ied", "ely", "ed", "es", "ly", "y", "e", "s"];

const STOP_WORDS = new Set(
  `a about after again all also am an and any are as at be because been before being but by can could did do does doing done
   for from get go got had has have he her here him his how i i'd i'll i'm i've if in into is it it's its just let me more most my
   no not of on one only or our out over please she should so some such than thank thanks that that's the their them then there
   these they this those to too up us very was we were what when where which who whom why will with would you your yours
   hello hi dear regards kind`.split(/\s+/),
);
