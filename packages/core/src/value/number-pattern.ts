/** What people and models write between a name and its number: `GPT-4`, also with typographic hyphens. */
const HYPHEN = "[-\u2010-\u2013\u2212]";

/** A word that holds digits is a name (`GPT-4`, `x86_64`, `v1.2.3`): none of its digits is a number. Consumed whole. */
export const NAME_SOURCE = `\\p{L}${HYPHEN}?\\d(?:[.\\-\u2010-\u2013\u2212]?[\\p{L}\\d_])*`;

const grouped = [",", "'", " "].map((separator) => `(?:${separator}\\d{3})+`).join("|");
// A number that starts with 0 has no thousands: `0 100` are two numbers. An underscore between digits is never the end of one.
const whole = `(?:[1-9]\\d{0,2}(?:${grouped})(?!\\d)|\\d+(?:_\\d+)*)(?:\\.\\d+)?`;
// `...7` and `No.7` end a sentence; only a point that stands free starts a fraction.
const fraction = "(?<![.\\d\\p{L}])\\.\\d+";
// Letters may follow a number (`5kg`), but an exponent counts only where it ends the token.
const exponent = "(?:e[-+]?\\d+(?![\\p{L}\\d_]|\\.\\d))?";
const signedFraction = `(?<![.\\d\\p{L}])[-+\u2212]\\.\\d+`;

/** One number with its sign. For regular expressions with the flags `i` and `u`. */
export const NUMBER_SOURCE = `(?:[-+\u2212]?${whole}|${signedFraction}|${fraction})${exponent}`;

/** The text of one number, as `NUMBER_SOURCE` found it, in plain digits: no thousands, an ASCII minus, no plus. */
export function readNumber(text: string): number {
  return Number(text.replace(/[,'_ ]/g, "").replace("\u2212", "-"));
}
