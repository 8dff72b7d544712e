import { syntaxError } from "./locate.ts";
import { readNumberLiteral } from "./number-literal.ts";
import { readRune, readText } from "./string-literal.ts";
import type { Token, TokenKind } from "./token.ts";

const white = /[ \t\r\n]*/y;
const name = /[\p{L}\p{N}_]+/uy;
const word = /[\p{L}_][\p{L}\p{N}_]*/uy;
const hyphenated = /[\p{L}\p{N}_-]+/uy;
const path = /[$.\p{L}\p{N}_]+$/u;
/** How much of a path an error message repeats, in characters. */
const LONGEST_HINT = 100;
const SIGNS: readonly (readonly [string, TokenKind])[] = [
  [":=", "declare"],
  ["=", "assign"],
  ["|", "pipe"],
  ["(", "paren_open"],
  [")", "paren_close"],
  [",", "comma"],
];

/** Pushes the tokens of one action, which opens at `open` and whose inside starts at `inside`. Says where it ends, and whether the text behind it is trimmed. */
export function tokenizeAction(
  source: string,
  open: number,
  inside: number,
  tokens: Token[],
): { at: number; trims: boolean } {
  tokens.push({ kind: "open", text: "{{", at: open, spaced: false });
  let at = inside;
  for (;;) {
    const start = at + take(white, source, at).length;
    const spaced = start > at;
    if (source.startsWith("}}", start)) return close(source, start, 2, tokens);
    if (spaced && source.startsWith("-}}", start)) return close(source, start, 3, tokens);
    if (start >= source.length) throw syntaxError(source, open, "this action is never closed: end it with }}");
    const token = readToken(source, start, spaced);
    tokens.push(token.token);
    at = token.end;
  }
}

function close(source: string, at: number, length: number, tokens: Token[]): { at: number; trims: boolean } {
  tokens.push({ kind: "close", text: source.slice(at, at + length), at, spaced: false });
  return { at: at + length, trims: length === 3 };
}

function readToken(source: string, at: number, spaced: boolean): { token: Token; end: number } {
  const char = source.charAt(at);
  const make = (kind: TokenKind, text: string, end: number, value?: string | number) => ({
    token: { kind, text, at, spaced, ...(value !== undefined && { value }) },
    end,
  });
  for (const [sign, kind] of SIGNS) if (source.startsWith(sign, at)) return make(kind, sign, at + sign.length);
  // A name may start with a digit, as task ids do.
  if (char === ".") {
    const field = take(name, source, at + 1);
    const end = at + 1 + field.length;
    refuseHyphen(source, at, end, field);
    return field === "" ? make("dot", ".", end) : make("field", field, end);
  }
  if (char === "$") {
    const variable = take(name, source, at + 1);
    return make("variable", variable, at + 1 + variable.length);
  }
  const literal = readLiteral(source, at);
  if (literal !== undefined) return make("constant", source.slice(at, literal.end), literal.end, literal.value);
  const found = take(word, source, at);
  if (found !== "") return make("word", found, at + found.length);
  throw syntaxError(source, at, explainCharacter(source, at));
}

function readLiteral(source: string, at: number): { value: string | number; end: number } | undefined {
  const char = source.charAt(at);
  if (char === '"' || char === "`") return readText(source, at);
  if (char === "'") return readRune(source, at);
  if (/[\d+-]/.test(char)) return readNumberLiteral(source, at);
  return undefined;
}

function explainCharacter(source: string, at: number): string {
  if (source.startsWith("{", at)) return "unexpected {: an action opens with exactly two braces";
  const char = String.fromCodePoint(source.codePointAt(at) ?? 0);
  return `unexpected character ${JSON.stringify(char)}: templates have no arithmetic and no symbols but . $ | ( ) := = ,`;
}

/** `.my-task` is the commonest mistake with task ids: say how such a name is read. */
function refuseHyphen(source: string, at: number, end: number, field: string): void {
  if (field === "" || source[end] !== "-" || source.startsWith("-}}", end)) return;
  const before = path.exec(source.slice(Math.max(0, at - LONGEST_HINT), at))?.[0] ?? "";
  const owner = before === "" && source[at - 1] === ")" ? "…" : before || ".";
  const meant = take(hyphenated, source, at + 1);
  throw syntaxError(
    source,
    end,
    `a name after a point cannot hold "-": write (index ${owner} ${JSON.stringify(meant)}) to read it`,
  );
}

function take(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? "";
}
