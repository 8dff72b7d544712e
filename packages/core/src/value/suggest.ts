/** Longer words are compared by case only: nobody misspells them by accident, and the table would grow. */
const LONGEST = 64;

/** The candidate that `word` was probably meant to be: the same but for case, or within a few typing errors. For "did you mean". */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (candidate === word) continue;
    const found = distance(wanted, candidate.toLowerCase(), bestDistance);
    if (found >= bestDistance || found >= candidate.length) continue;
    best = candidate;
    bestDistance = found;
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other; `limit` where it is at least that. */
function distance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (a.length > LONGEST || b.length > LONGEST || Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(before, j - 2) + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
