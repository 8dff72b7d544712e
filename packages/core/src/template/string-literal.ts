import { syntaxError } from "./locate.ts";

const escapePattern = /\\(?:[abfnrtv\\'"]|x[\da-fA-F]{2}|[0-7]{3}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/y;
const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["a", "\u0007"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

/** Reads `"…"` with Go's escapes, or a raw string in backquotes, which may span lines. */
export function readText(source: string, at: number): { value: string; end: number } {
  if (source.charAt(at) === "`") {
    const close = source.indexOf("`", at + 1);
    if (close === -1) throw syntaxError(source, at, "this string is never closed: end it with `");
    return { value: source.slice(at + 1, close), end: close + 1 };
  }
  return readQuoted(source, at, '"', "string");
}

/** Reads a character in single quotes: its value is the character's code point. */
export function readRune(source: string, at: number): { value: number; end: number } {
  const { value, end } = readQuoted(source, at, "'", "character");
  const [first, ...others] = value;
  if (first === undefined || others.length > 0) {
    throw syntaxError(source, at, "single quotes hold exactly one character: write a text in double quotes");
  }
  return { value: first.codePointAt(0) ?? 0, end };
}

function readQuoted(source: string, at: number, quote: string, what: string): { value: string; end: number } {
  const parts: string[] = [];
  let here = at + 1;
  let plain = here;
  for (;;) {
    const char = source.charAt(here);
    if (char === "" || char === "\n")
      throw syntaxError(source, at, `this ${what} is never closed: end it with ${quote}`);
    if (char === quote) break;
    if (char !== "\\") {
      here++;
      continue;
    }
    escapePattern.lastIndex = here;
    const found = escapePattern.exec(source)?.[0];
    if (found === undefined)
      throw syntaxError(source, here, `\\${source.charAt(here + 1)} is no escape: write \\\\ for a backslash`);
    parts.push(source.slice(plain, here), decodeEscape(found, source, here));
    here += found.length;
    plain = here;
  }
  parts.push(source.slice(plain, here));
  return { value: parts.join(""), end: here + 1 };
}

function decodeEscape(text: string, source: string, at: number): string {
  const kind = text.charAt(1);
  const simple = SIMPLE.get(kind);
  if (simple !== undefined) return simple;
  if (kind === "x" || kind === "u" || kind === "U") return fromCode(Number.parseInt(text.slice(2), 16), source, at);
  if (/\d/.test(kind)) return fromCode(Number.parseInt(text.slice(1), 8), source, at);
  return kind;
}

function fromCode(code: number, source: string, at: number): string {
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  throw syntaxError(source, at, "this escape is beyond the last Unicode character");
}
