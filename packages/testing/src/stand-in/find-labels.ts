import type { Label } from "./choose-label.ts";

/** The answers among which an instruction lets one choose, as in `Answer urgent or normal`; empty where it names none. */
export function findLabels(instruction: string): Label[] {
  for (const opening of OPENINGS) {
    for (const match of instruction.matchAll(opening)) {
      const labels = readList(instruction.slice(match.index + match[0].length, match.index + match[0].length + 1_000));
      if (labels.length >= 2) return labels;
    }
  }
  return [];
}

const OPENINGS = [
  /\b(?:exactly |only )?one of(?: these| the following| the)?(?: words| labels| categories| options| answers| values)?(?: only)?[ \t]*:?/gi,
  /\b(?:labels|categories|options|choices|classes|classifications|allowed answers|valid answers|allowed values|possible answers)(?: are| is)?[ \t]*:/gi,
  /\b(?:classify|categori[sz]e|label|sort|triage|route|tag)\b[^.:\n]{0,80}?(?:\bas\b|\binto\b|:)(?: either)?/gi,
  /\b(?:answer|reply|respond|say|return|output|choose|pick|select)\b(?: it| me)?(?: only| just| exactly| simply)?(?: with| as| the word| either| between| from| in one word| one word)*(?: only| just| exactly)?[ \t]*:?/gi,
];

/** Reads `a, b or c`, `a/b`, `a|b`, `"a" or "b"` to the end of its sentence, or a list of lines that begin with a dash. */
function readList(text: string): Label[] {
  const bulleted = readBullets(text);
  if (bulleted.length >= 2) return bulleted;
  const sentence =
    text
      .replace(/^[\s,]+/, "")
      .replace(AND_NOTHING_ELSE, "")
      .split(/[.?!;\n](?:\s|$)|\n/, 1)[0] ?? "";
  if (!/,|\/|\||\bor\b/i.test(sentence)) return [];
  const items = sentence
    .replace(/\([^)]*\)/g, "")
    .replace(/[[\]{}]/g, "")
    .split(/\s*(?:,\s*or\b|,\s*and\b|,|\/|\||\bor\b)\s*/i)
    .map(clean)
    .filter((item) => item !== "");
  // "Answer in two or three short sentences" lists no labels.
  if (items.some((item) => /\b(?:sentences?|words?|lines?|paragraphs?|bullets?|points?|characters?)$/i.test(item)))
    return [];
  return items.every(isLabel) ? items.map((label) => ({ label })) : [];
}

/** What often follows a list and is no part of it. */
const AND_NOTHING_ELSE =
  /,? (?:and |but )?(?:nothing|no (?:other|more) (?:words?|text)|no (?:explanation|punctuation)|without)\b[^.\n]*/i;

function readBullets(text: string): Label[] {
  const labels: Label[] = [];
  for (const line of text.split("\n").slice(1)) {
    const bullet = /^[ \t]*(?:[-*•]|\d+[.)])[ \t]+(.*)$/.exec(line)?.[1];
    if (bullet === undefined) {
      if (labels.length > 0 || line.trim() !== "") break;
      continue;
    }
    const [head = "", description] = splitOnce(bullet);
    const label = clean(head);
    if (!isLabel(label)) break;
    labels.push({ label, ...(description !== undefined && { description }) });
  }
  return labels;
}

function splitOnce(bullet: string): [string, string?] {
  const at = bullet.search(/:|\s[–—-]\s|\s\(/);
  return at < 0 ? [bullet] : [bullet.slice(0, at), bullet.slice(at + 1)];
}

function clean(item: string): string {
  return item
    .trim()
    .replace(/^(?:either|the word|only|just|with)\s+/i, "")
    .replace(/^["'`“*]+|["'`”*.:]+$/g, "")
    .replace(/\s+(?:only|as appropriate)$/i, "")
    .trim();
}

function isLabel(item: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u.test(item) && item.split(" ").length <= 3;
}
