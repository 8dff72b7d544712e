import { chooseLabel, seemsTrue } from "./choose-label.ts";
import { readFacts } from "./facts.ts";
import { fillSchema } from "./fill-schema.ts";
import { findLabels } from "./find-labels.ts";
import { findPassage } from "./find-passage.ts";
import { findBounds, giveNumber } from "./give-number.ts";
import { type Reading, subjectOf } from "./read-prompt.ts";
import { atMost, keywords, summarise } from "./summarise.ts";
import { writeReply } from "./write-reply.ts";

/** The stand-in's answer in words. There is always one. */
export function answer(reading: Reading): string {
  for (const skill of SKILLS) {
    const text = skill(reading);
    if (text !== undefined && text !== "") return text;
  }
  return "Nothing was given to answer.";
}

/** Each answers one kind of question, and leaves all others to those below it. */
const SKILLS: readonly ((reading: Reading) => string | undefined)[] = [
  passOnToolResults,
  fillJson,
  writeWhatIsAsked,
  repeat,
  chooseAmongLabels,
  sayYesOrNo,
  giveRange,
  giveOneNumber,
  replyToMessage,
  shorten,
  extract,
  answerFromText,
  restate,
];

function passOnToolResults({ toolResults }: Reading): string | undefined {
  return toolResults.length === 0 ? undefined : toolResults.join("\n");
}

/** `Answer in JSON with the keys name and city`, or an example of the object. */
function fillJson(reading: Reading): string | undefined {
  const { instruction } = reading;
  if (!/\bjson\b/i.test(instruction)) return undefined;
  const keys = keysIn(instruction);
  return keys.length === 0 ? undefined : JSON.stringify(fillSchema(looseSchema(keys), reading));
}

/** A schema for keys of which only the names are known; the names decide what goes in. */
export function looseSchema(keys: readonly string[]): Record<string, unknown> {
  const typeOf = (key: string) => {
    if (/^(?:is|has|needs|should)[A-Z_]|^(?:urgent|escalate)$/.test(key)) return "boolean";
    return /(?:amount|price|total|count|quantity|score|rating|age|confidence)$/i.test(key)
      ? ["number", "null"]
      : ["string", "null"];
  };
  return {
    type: "object",
    properties: Object.fromEntries(keys.map((key) => [key, { type: typeOf(key) }])),
    required: keys,
  };
}

/** The keys that an instruction asks for in JSON. */
export function keysIn(instruction: string): string[] {
  const quoted = Array.from(instruction.matchAll(/["'`]([A-Za-z_]\w{0,40})["'`]\s*:/g), ([, key = ""]) => key);
  if (quoted.length > 0) return [...new Set(quoted)];
  const listed =
    /\b(?:keys?|fields?|properties)(?: are| named| called)?:? ((?:["'`]?\w{1,40}["'`]?(?:, and |, | and )?){1,20})/i.exec(
      instruction,
    );
  return listed?.[1]?.match(/\w+/g)?.filter((word) => word !== "and") ?? [];
}

function chooseAmongLabels(reading: Reading): string | undefined {
  const labels = findLabels(reading.instruction);
  if (labels.length === 0) return undefined;
  if (labels.length === 2 && labels.every(({ label }) => /^(?:yes|no|true|false)$/i.test(label))) {
    const wanted = seemsTrue(reading.instruction, subjectOf(reading)) ? /^(?:yes|true)$/i : /^(?:no|false)$/i;
    return labels.find(({ label }) => wanted.test(label))?.label;
  }
  return chooseLabel(labels, reading);
}

function sayYesOrNo({ instruction, material }: Reading): string | undefined {
  if (material === "" || !/^(?:is|are|was|does|do|did|has|have|should|can)\b[^?]*\?$/i.test(instruction.trim()))
    return undefined;
  return seemsTrue(instruction, material) ? "yes" : "no";
}

function giveRange(reading: Reading): string | undefined {
  if (!/\b(?:as|give|with|estimate|answer)\b[^.?!\n]{0,40}\brange\b|\blow-high\b/i.test(reading.instruction))
    return undefined;
  const [first, second] = readFacts(reading.material).numbers;
  const { low, high } = findBounds(reading.instruction) ?? { low: first ?? 0, high: second ?? first ?? 1 };
  return `${Math.min(low, high)}-${Math.max(low, high)}`;
}

function giveOneNumber(reading: Reading): string | undefined {
  const { instruction } = reading;
  if (
    !/\b(?:rate|score|how many|how much|count|number between|percentage|on a scale|(?:a|one|the|single|only) (?:number|integer|digit))\b/i.test(
      instruction,
    )
  ) {
    return undefined;
  }
  if (reading.material === "" && readFacts(instruction).numbers.length === 0) return undefined;
  return String(giveNumber({ question: instruction, ...findBounds(instruction) }, reading) ?? 0);
}

/** `Write a reply` asks for no label, whatever words are offered elsewhere in the instruction. */
function writeWhatIsAsked(reading: Reading): string | undefined {
  const asked = /\b(?:write|draft|compose)\b[^.?!\n]{0,60}\b(?:reply|response|answer|message|e-?mail)\b/i.test(
    reading.instruction,
  );
  return asked && (reading.material !== "" || reading.isMarked)
    ? writeReply(reading.material, reading.instruction)
    : undefined;
}

/** `Repeat this sentence and add a greeting to it`. */
function repeat({ instruction, material }: Reading): string | undefined {
  if (material === "" || !/^(?:please )?repeat\b/i.test(instruction.trim())) return undefined;
  return /\bgreeting\b/i.test(instruction) ? `Hello! ${material}` : material;
}

function replyToMessage(reading: Reading): string | undefined {
  const asked = /\b(?:reply|respond|response|write back|answer (?:the|this) (?:customer|message|e-?mail))\b/i.test(
    reading.instruction,
  );
  return asked && reading.material !== "" ? writeReply(reading.material, reading.instruction) : undefined;
}

function shorten({ instruction, material }: Reading): string | undefined {
  if (material === "") return undefined;
  if (/\b(?:title|headline|subject line)\b/i.test(instruction)) return atMost(summarise(material, 1), 8);
  if (/\bkeywords?\b|\btags\b/i.test(instruction)) return keywords(material, 5).join(", ");
  if (!/\b(?:summar\w*|shorten|condense|tl;?dr|in brief|key points?|main points?|gist)\b/i.test(instruction))
    return undefined;
  const words = /\b(?:at most|up to|under|within|in|than) (\d{1,4}) words?\b/i.exec(instruction);
  const summary = summarise(material, sentencesAsked(instruction));
  return words === null ? summary : atMost(summary, Number(words[1]));
}

function sentencesAsked(instruction: string): number {
  const asked =
    /\b(\d{1,2}|one|a single|two|three|four|five) (?:short |brief |bullet |key )*(?:sentences?|points?|lines?|bullets?)\b/i.exec(
      instruction,
    );
  const word = asked?.[1]?.toLowerCase() ?? "";
  return Number(word) || { one: 1, "a single": 1, two: 2, three: 3, four: 4, five: 5 }[word] || 2;
}

function extract({ instruction, material }: Reading): string | undefined {
  if (!/\b(?:extract|find|list|identify|what is|return|give)\b/i.test(instruction) || material === "") return undefined;
  const facts = readFacts(material);
  const kinds: readonly (readonly [RegExp, readonly string[]])[] = [
    [/\be-?mails?(?: address(?:es)?)?\b/i, facts.emails],
    [/\b(?:urls?|links?)\b/i, facts.urls],
    [/\bphone\b/i, facts.phones],
    [/\b(?:order|ticket|invoice|case|reference|tracking) ?(?:ids?|numbers?|no)\b/i, facts.ids],
    [/\b(?:amounts?|prices?|totals?|sums?)\b/i, facts.amounts.map(({ value, currency }) => `${value} ${currency}`)],
    [/\bdates?\b/i, facts.dates],
    [/\bnames?\b/i, facts.names],
  ];
  return kinds.find(([asked, found]) => asked.test(instruction) && found.length > 0)?.[1].join("\n");
}

function answerFromText({ instruction, material, background }: Reading): string | undefined {
  // A question may stand at the end of the material too, where somebody chats.
  const question = instruction.includes("?") ? instruction : material.includes("?") ? material : "";
  if (question === "") return undefined;
  const text = question === material ? background : `${material}\n${background}`.trim();
  if (text === "") return "There is no text here that answers this.";
  return findPassage(question, text) ?? "The text does not say.";
}

function restate(reading: Reading): string {
  return summarise(subjectOf(reading), 2);
}
