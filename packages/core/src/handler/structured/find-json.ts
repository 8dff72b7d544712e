/** What a value may begin with: an object or a list with its bracket, any other with anything. */
export type JsonKind = "object" | "array" | "other" | "any";

/**
 * The part of a reply that is most likely meant as JSON: what stands in its first code fence, else the whole; of that, from the first
 * bracket of the kind that is looked for to the one that closes it. A reply that ends before the bracket closes is taken to its end.
 */
export function findJson(reply: string, kind: JsonKind = "any"): string {
  const fenced = /```[^\n`]*\n([\s\S]*?)(?:```|$)/.exec(reply)?.[1];
  const text = fenced ?? reply;
  const start = startOf(text, kind);
  return start < 0 ? text.trim() : text.slice(start, endOf(text, start));
}

function startOf(text: string, kind: JsonKind): number {
  if (kind === "other") return -1;
  // Prose has lists in brackets too, and references such as [1].
  const first = kind === "any" ? -1 : text.indexOf(kind === "object" ? "{" : "[");
  return first < 0 ? text.search(/[{[]/) : first;
}

/** Where the value that begins at `start` ends. Brackets in texts do not count. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let quote = "";
  for (let index = start; index < text.length; index++) {
    const letter = text[index] ?? "";
    if (quote !== "") {
      if (letter === "\\") index++;
      else if (letter === quote) quote = "";
      continue;
    }
    if (letter === '"') quote = letter;
    // An apostrophe inside a word begins no text.
    else if (letter === "'" && !/\w/.test(text[index - 1] ?? "")) quote = letter;
    else if (letter === "{" || letter === "[") depth++;
    else if (letter === "}" || letter === "]") depth--;
    if (depth === 0) return index + 1;
  }
  return text.length;
}
