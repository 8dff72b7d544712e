import type { Json } from "@catenary/core";

/** Texts with more brackets that none closes are code or noise; looking further would take long. */
const MOST_FAILURES = 200;

/**
 * Rewrites the objects and lists of JSON that stand in a text, such as the arguments of a tool call in a prompt. One that comes back
 * the same is left as it was, spaces included.
 */
export function rewriteJson(text: string, rewrite: (json: Json) => Json): string {
  let rewritten = "";
  let copied = 0;
  let failures = 0;
  for (let start = nextBracket(text, 0); start >= 0 && failures < MOST_FAILURES; start = nextBracket(text, start)) {
    const end = endOf(text, start);
    const json = end === undefined ? undefined : parse(text.slice(start, end));
    if (end === undefined || json === undefined) {
      failures += 1;
      start += 1;
      continue;
    }
    const clean = JSON.stringify(rewrite(json));
    if (clean !== JSON.stringify(json)) {
      rewritten += text.slice(copied, start) + clean;
      copied = end;
    }
    start = end;
  }
  return rewritten + text.slice(copied);
}

function nextBracket(text: string, from: number): number {
  const found = text.slice(from).search(/[{[]/);
  return found < 0 ? -1 : from + found;
}

/** Behind the bracket that closes the one at this place. Undefined where none does. */
function endOf(text: string, start: number): number | undefined {
  const sign = /["{}[\]]/g;
  sign.lastIndex = start;
  let depth = 0;
  for (let match = sign.exec(text); match !== null; match = sign.exec(text)) {
    if (match[0] === '"') {
      const end = endOfText(text, match.index);
      if (end === undefined) return undefined;
      sign.lastIndex = end;
      continue;
    }
    depth += match[0] === "{" || match[0] === "[" ? 1 : -1;
    if (depth === 0) return match.index + 1;
  }
  return undefined;
}

function endOfText(text: string, start: number): number | undefined {
  const whole = /"(?:[^"\\]|\\[\s\S])*"/y;
  whole.lastIndex = start;
  return whole.test(text) ? whole.lastIndex : undefined;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
