import { syntaxError } from "./locate.ts";
import type { Token } from "./token.ts";
import { tokenizeAction } from "./tokenize-action.ts";

const OPEN = "{{";
const space = " \t\r\n";

/** Splits a template into text and the parts of its actions. Comments and trimmed white space are gone. Throws `template_syntax`. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let trimStart = false;
  while (at < source.length) {
    const open = source.indexOf(OPEN, at);
    const textEnd = open === -1 ? source.length : open;
    const trimEnd = open !== -1 && source[open + 2] === "-" && isSpace(source, open + 3);
    const text = trimSides(source.slice(at, textEnd), trimStart, trimEnd);
    if (text !== "") tokens.push({ kind: "text", text, at, spaced: false });
    if (open === -1) break;
    const inside = trimEnd ? open + 4 : open + 2;
    const end = isComment(source, inside)
      ? endOfComment(source, open, skipSpace(source, inside))
      : tokenizeAction(source, open, inside, tokens);
    at = end.at;
    trimStart = end.trims;
  }
  tokens.push({ kind: "end_of_source", text: "", at: source.length, spaced: false });
  return tokens;
}

function trimSides(text: string, atStart: boolean, atEnd: boolean): string {
  let start = 0;
  let end = text.length;
  if (atStart) while (start < end && isSpace(text, start)) start++;
  if (atEnd) while (end > start && isSpace(text, end - 1)) end--;
  return text.slice(start, end);
}

/** After a trim marker, and also without one, white space may stand before the comment. */
function isComment(source: string, inside: number): boolean {
  return source.startsWith("/*", skipSpace(source, inside));
}

function endOfComment(source: string, open: number, start: number): { at: number; trims: boolean } {
  const end = source.indexOf("*/", start + 2);
  if (end === -1) throw syntaxError(source, open, "this comment is never closed: end it with */}}");
  const after = end + 2;
  if (source.startsWith("}}", after)) return { at: after + 2, trims: false };
  if (isSpace(source, after) && source.startsWith("-}}", after + 1)) return { at: after + 4, trims: true };
  throw syntaxError(source, after, "a comment must fill its action: expected }} after */");
}

function skipSpace(source: string, from: number): number {
  let at = from;
  while (isSpace(source, at)) at++;
  return at;
}

function isSpace(source: string, at: number): boolean {
  return at < source.length && space.includes(source.charAt(at));
}
