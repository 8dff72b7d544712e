import { syntaxError } from "./locate.ts";

const literal =
  /[-+]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?)/y;
const letters = /[\p{L}\p{N}_.]*/uy;

/** Reads a number: decimal, `0x`, `0o`, `0b`, with `_` between digits, a fraction or an exponent. Throws `template_syntax`. */
export function readNumberLiteral(source: string, at: number): { value: number; end: number } {
  const text = take(literal, source, at);
  const end = at + text.length;
  const tail = take(letters, source, text === "" ? at + 1 : end);
  if (text === "") throw syntaxError(source, at, explainSign(source.charAt(at) + tail));
  if (tail !== "")
    throw syntaxError(
      source,
      at,
      `${text}${tail} is no number: a name that starts with a digit is read as .${text}${tail}`,
    );
  const digits = text.replaceAll("_", "");
  const value = toNumber(digits);
  if (/^[-+]?\d+$/.test(digits) && !Number.isSafeInteger(value)) {
    throw syntaxError(source, at, `${text} has more digits than a number can hold: write it as a string`);
  }
  if (!Number.isFinite(value)) throw syntaxError(source, at, `${text} is too large for a number`);
  return { value, end };
}

function toNumber(text: string): number {
  return text.startsWith("-") ? -Number(text.slice(1)) : Number(text.replace(/^\+/, ""));
}

function explainSign(text: string): string {
  const hint = text.startsWith("-") ? "; where it belongs to {{-, a space must follow it" : "";
  return `unexpected ${text}: templates have no arithmetic${hint}`;
}

function take(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? "";
}
