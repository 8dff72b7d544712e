import { splitSentences } from "./split-sentences.ts";

/** A prompt taken apart: what is asked, and the text that it is asked about. Either may be empty. */
export interface SplitText {
  readonly instruction: string;
  readonly material: string;
  /** A fence or a heading says where the material is. */
  readonly isMarked?: boolean;
}

/** Takes a prompt apart by its fences, headings, paragraphs, a colon or its sentences: whichever comes first in this list and is there. */
export function splitText(text: string): SplitText {
  return byFence(text) ?? byHeadings(text) ?? byParagraphs(text) ?? byColon(text) ?? bySentences(text);
}

/** Whether somebody is told what to do with a text, as opposed to merely asking something. */
export function isTask(text: string): boolean {
  return splitSentences(text).some((sentence) => TASK.test(sentence));
}

const TASK =
  /^(?:now |then |please |your task is to )*(?:answer|reply|respond|say|repeat|return|output|choose|pick|select|classify|categori[sz]e|label|sort|triage|rate|score|grade|summari[sz]e|shorten|extract|write|draft|compose|translate|count|decide|determine|identify|estimate)\b/i;
const ASKING =
  /^(?:please |now )*(?:is|are|was|does|do|did|can|could|will|should|what|who|whom|whose|which|when|where|how|why|find|list|give|tell|read|use|only|describe|explain|on a scale|from the|based on|given|you are|you will|you must|here is|the following|below is)\b/i;

function isInstruction(sentence: string): boolean {
  return TASK.test(sentence) || ASKING.test(sentence);
}

const FENCES = [
  ["```", "```"],
  ['"""', '"""'],
  ["'''", "'''"],
  ["<text>", "</text>"],
  ["<ticket>", "</ticket>"],
  ["<message>", "</message>"],
  ["<document>", "</document>"],
  ["<context>", "</context>"],
  ["<input>", "</input>"],
] as const;

function byFence(text: string): SplitText | undefined {
  for (const [open, close] of FENCES) {
    const start = text.indexOf(open);
    const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
    if (end < 0) continue;
    // A fence that the text itself has is no mark: what stands right before a mark is an instruction.
    const before =
      text
        .slice(0, start)
        .trim()
        .split(/\n[ \t]*\n/)
        .at(-1) ?? "";
    if (before !== "" && !splitSentences(before).some(isInstruction)) continue;
    const material = text.slice(start + open.length, end).trim();
    const instruction = `${text.slice(0, start).trim()}\n${text.slice(end + close.length).trim()}`.trim();
    if (material !== "") return { instruction, material, isMarked: true };
  }
  return undefined;
}

const HEADING =
  /^[ \t]*[*#]*[ \t]*(text|ticket|input|message|e-?mail|article|document|context|review|comment|complaint|customer|content|body|passage|sentence|statement|question|query)[*]*[ \t]*:[*]*[ \t]*/gim;

function byHeadings(text: string): SplitText | undefined {
  const headings = [...text.matchAll(HEADING)].map(({ index, 0: whole, 1: name = "" }) => ({
    index,
    end: index + whole.length,
    name: name.toLowerCase(),
  }));
  const [first] = headings;
  if (first === undefined) return undefined;
  const questions = headings.filter(({ name }) => name === "question" || name === "query");
  const subject = headings.find((heading) => !questions.includes(heading));
  // Where a heading comes again, what stood under it before are examples; the last is meant. Other headings belong to the text.
  const start = headings.findLast(({ name }) => name === subject?.name);
  const end = questions.find(({ index }) => index > (start?.index ?? 0))?.index;
  const material = start === undefined ? "" : withoutAnswerLine(text.slice(start.end, end).trim());
  const asked = questions.map((question) => {
    const next = headings.find(({ index }) => index > question.index)?.index;
    return withoutAnswerLine(text.slice(question.end, next).trim());
  });
  const instruction = [text.slice(0, first.index).trim(), ...asked].filter((part) => part !== "").join("\n");
  return { instruction, material, isMarked: start !== undefined };
}

/** Cuts the line that waits for the answer, as in `Label:`. */
function withoutAnswerLine(text: string): string {
  return text.replace(/(?:^|\n)[ \t]*[\p{L} ]{1,30}:[ \t]*$/u, "").trim();
}

function byParagraphs(text: string): SplitText | undefined {
  const paragraphs = text
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "");
  if (paragraphs.length < 2) return undefined;
  const [first = ""] = paragraphs;
  const last = paragraphs.at(-1) ?? "";
  if (splitSentences(first).some(isInstruction)) {
    return { instruction: first, material: withoutAnswerLine(paragraphs.slice(1).join("\n\n")) };
  }
  if (!isTask(last)) return undefined;
  return { instruction: last, material: paragraphs.slice(0, -1).join("\n\n") };
}

function byColon(text: string): SplitText | undefined {
  const colon = text.search(/:\s/);
  const head = text.slice(0, colon).trim();
  if (colon < 0 || head.length > 300 || !splitSentences(head).some(isInstruction)) return undefined;
  // Such a colon opens a list of answers, not the text.
  if (/\b(?:one of|labels?|categories|options|choices|following|with|answer|as|keys|fields|between)$/i.test(head))
    return undefined;
  return { instruction: head, material: text.slice(colon + 1).trim() };
}

function bySentences(text: string): SplitText {
  const sentences = splitSentences(text);
  const start = sentences.findIndex((sentence) => !isInstruction(sentence));
  if (start < 0) return { instruction: text.trim(), material: "" };
  if (start > 0) {
    return { instruction: sentences.slice(0, start).join(" "), material: sentences.slice(start).join(" ") };
  }
  const end = sentences.findIndex((sentence) => TASK.test(sentence));
  if (end < 0) return { instruction: "", material: text.trim() };
  return { instruction: sentences.slice(end).join(" "), material: sentences.slice(0, end).join(" ") };
}
