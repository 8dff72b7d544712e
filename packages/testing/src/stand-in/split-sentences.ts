/** The sentences of a text, trimmed. A period inside a number, an address or an abbreviation ends none. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  for (const line of text.split(/\n+/)) {
    let start = 0;
    for (const { index, 0: mark } of line.matchAll(/[.!?…]+["'”’)\]]*(?=\s|$)/g)) {
      const end = index + mark.length;
      if (mark.startsWith(".") && endsInAbbreviation(line.slice(start, index), line.slice(end))) continue;
      sentences.push(line.slice(start, end));
      start = end;
    }
    sentences.push(line.slice(start));
  }
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== "");
}

function endsInAbbreviation(before: string, after: string): boolean {
  // Only the last word matters; looking no further back keeps a long line cheap.
  const last = /[\p{L}.]+$/u.exec(before.slice(-12))?.[0] ?? "";
  // "No. 7" goes on; "Answer yes or no." does not.
  if (/^n[or]$/i.test(last)) return /^\s*\d/.test(after);
  return ABBREVIATIONS.has(last.toLowerCase()) || /^\p{Lu}$/u.test(last) || /^(?:\p{L}\.)+\p{L}$/u.test(last);
}

const ABBREVIATIONS = new Set([
  "mr",
  "mrs",
  "ms",
  "dr",
  "prof",
  "st",
  "no",
  "nr",
  "vs",
  "etc",
  "approx",
  "ca",
  "inc",
  "ltd",
]);
