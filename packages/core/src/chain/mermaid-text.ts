/** Longer texts would make a diagram unreadable. */
const LONGEST = 60;

const SEGMENTS = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * A text inside the quotes of a Mermaid label. Whatever Mermaid, Markdown or HTML could take for a sign of theirs is
 * written as Mermaid's `#number;`, white space as a blank, and the end of what is long as `…`.
 */
export function mermaidText(text: string): string {
  const plain = cut(text.replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, " ").trim());
  return plain
    .replace(SIGNS, (sign) => `#${sign.codePointAt(0)};`)
    .replace(LIST, (_, digits: string, sign: string) => `${digits}#${sign.codePointAt(0)};`);
}

function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const characters = [...SEGMENTS.segment(text)].map(({ segment }) => segment);
  return characters.length <= LONGEST ? text : `${characters.slice(0, LONGEST - 1).join("")}…`;
}

/** An underscore inside a word is no emphasis. */
const SIGNS = /["#&<>`*~$\\|[\]{}()]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\b(?=https?:)(?<!.)|(?<=:)\/\//gu;

/** What Markdown would take for a list. */
const LIST = /^(\d*)([-+.)])(?= |$)/;
