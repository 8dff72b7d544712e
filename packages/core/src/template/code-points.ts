// Strings are counted and cut in code points, so that no character is ever split.
const surrogates = /[\ud800-\udfff]/;

export function countPoints(text: string): number {
  return surrogates.test(text) ? Array.from(text).length : text.length;
}

/** The part from `from` up to `to`, both counted in code points. */
export function slicePoints(text: string, from: number, to: number): string {
  return surrogates.test(text) ? Array.from(text).slice(from, to).join("") : text.slice(from, to);
}
