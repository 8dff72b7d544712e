/** Longer texts would make a diagram unreadable. In characters. */
const LONGEST = 40;

/**
 * A text for inside the quotes of a Mermaid label. Whatever Mermaid, Markdown or HTML could take for a sign of theirs is
 * written as Mermaid's `#number;`, white space as a blank, and the end of what is long as `…`.
 */
export function mermaidText(text: string): string {
  const characters = [...text.toWellFormed().replace(INVISIBLE, " ").trim()];
  const plain = characters.length <= LONGEST ? characters : [...characters.slice(0, LONGEST - 1), "…"];
  return plain
    .join("")
    .replace(SIGNS, (sign) => numbered(sign))
    .replace(LIST, (_, digits: string, sign: string) => digits + numbered(sign));
}

function numbered(sign: string): string {
  return `#${sign.codePointAt(0)};`;
}

/** White space, control characters, and marks that turn the direction of what follows. */
const INVISIBLE = /[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** An underscore inside a word is no emphasis. */
const SIGNS = /["#&<>`*~$%:\\[\]{}]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** What Markdown takes for a list or a ruler. */
const LIST = /^(\d*)([-+=.)])(?=[-+= ]|$)/;
