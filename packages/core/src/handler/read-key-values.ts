import { isJsonObject, type Json, type JsonObject } from "../value/json.ts";

/**
 * Reads pairs like `name=Ann, age=30` or `name: Ann`. They are separated by `;` if there is one between two pairs, else by
 * line ends, else by commas; separators inside quotes do not count. A code fence around them is dropped, and so are
 * lines without a pair as long as others have one. Values that are numbers, `true` or `false` become that.
 */
export function readKeyValues(text: string): { readonly object: JsonObject } | { readonly problem: string } {
  const body = withoutFence(text.trim());
  const asJson = parseObject(body);
  if (asJson !== undefined) return { object: asJson };
  const lines = splitOutsideQuotes(body, "\n");
  const parts = isBlank(splitOutsideQuotes(body, ";").slice(1)) ? undefined : splitOutsideQuotes(body, ";");
  const byLine = parts === undefined && !isBlank(lines.slice(1));
  const pieces = (parts ?? (byLine ? lines : splitOutsideQuotes(body.replace(/;\s*$/, ""), ","))).filter(
    (piece) => piece.trim() !== "",
  );
  const entries: [string, Json][] = [];
  let strange: string | undefined;
  for (const piece of pieces) {
    const pair = pairIn(piece);
    if (pair !== undefined) entries.push(pair);
    else strange ??= piece.trim();
  }
  if (strange !== undefined && !(byLine && entries.length > 0)) {
    return { problem: `${JSON.stringify(strange)} has neither = nor : between a key and a value` };
  }
  return { object: Object.fromEntries(entries) };
}

function isBlank(pieces: readonly string[]): boolean {
  return pieces.every((piece) => piece.trim() === "");
}

function withoutFence(text: string): string {
  return text.replace(/^```[\w-]*\n([\s\S]*?)\n?```$/, "$1");
}

function parseObject(text: string): JsonObject | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Quotes count only where a value begins with one, so that an apostrophe inside a word separates nothing. */
function splitOutsideQuotes(text: string, separator: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let quote = "";
  let valueBegins = true;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === separator) {
      pieces.push(text.slice(start, at));
      start = at + 1;
    } else if ((character === '"' || character === "'") && valueBegins && text.indexOf(character, at + 1) !== -1) {
      quote = character;
    }
    if (character === "=" || character === ":") valueBegins = true;
    else if (character.trim() !== "") valueBegins = false;
  }
  pieces.push(text.slice(start));
  return pieces;
}

function pairIn(piece: string): [string, Json] | undefined {
  const equals = piece.indexOf("=");
  const at = equals === -1 ? piece.indexOf(":") : equals;
  if (at === -1) return undefined;
  return [piece.slice(0, at).trim(), typed(unquote(piece.slice(at + 1).trim()))];
}

function unquote(value: string): string {
  const first = value.charAt(0);
  const isQuoted = value.length >= 2 && (first === '"' || first === "'") && value.endsWith(first);
  return isQuoted ? value.slice(1, -1) : value;
}

function typed(value: string): Json {
  if (value === "true") return true;
  if (value === "false") return false;
  const digits = value.replace(BETWEEN_DIGITS, "");
  if (!NUMBER.test(digits)) return value;
  const number = Number(digits);
  return Number.isFinite(number) ? number + 0 : value;
}

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
/** `1_000` is a thousand. */
const BETWEEN_DIGITS = /(?<=\d)_(?=\d)/g;
