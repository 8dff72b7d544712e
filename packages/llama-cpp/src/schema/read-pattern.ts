import { literal } from "./grammar-rules.ts";
import { ANY, type Pattern } from "./pattern.ts";

/** What stands for the characters of escapes such as `\d`, as members of a class. */
const CLASSES: Readonly<Record<string, string>> = { d: "0-9", w: "A-Za-z0-9_", s: " " };
const CONTROLS: Readonly<Record<string, string>> = { n: "\\\\n", t: "\\\\t", r: "\\\\r" };
/** What a class in llama.cpp's notation needs a backslash for. */
const SPECIAL_IN_CLASS = new Set(["]", "[", "^", "-", "\\"]);
/** What may stand in a JSON text only with a backslash, and so is never a single character of a class. */
const UNWRITABLE = new Set(['"', "\\"]);
const LONGEST_REPETITION = 1000;

/** A regular expression. Undefined where it has what a grammar has not: a look around, a reference back, a boundary, classes of Unicode. */
export function readPattern(source: string): Pattern | undefined {
  const reader = new PatternReader(source);
  const pattern = reader.alternatives();
  return reader.isRead && !reader.isLost ? pattern : undefined;
}

class PatternReader {
  readonly #pattern: readonly string[];
  #at = 0;
  #depth = 0;
  /** Something came that no grammar has. */
  isLost = false;

  constructor(pattern: string) {
    this.#pattern = [...pattern];
  }

  get isRead(): boolean {
    return this.#at === this.#pattern.length;
  }

  alternatives(): Pattern {
    const choices = [this.#sequence()];
    while (this.#takes("|")) choices.push(this.#sequence());
    return { kind: "choice", choices };
  }

  #sequence(): Pattern {
    // Outside of groups a pattern may match anywhere in a text, unless it says where it begins and ends.
    const isOutside = this.#depth === 0;
    const parts: Pattern[] = this.#takes("^") || !isOutside ? [] : [ANYTHING];
    while (!this.isRead && !this.isLost && !["|", ")", "$"].includes(this.#next)) parts.push(this.#repeated());
    if (!this.#takes("$") && isOutside) parts.push(ANYTHING);
    if (!this.isRead && !["|", ")"].includes(this.#next)) this.isLost = true;
    return { kind: "sequence", parts };
  }

  #repeated(): Pattern {
    const part = this.#one();
    const [times] = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.#rest()) ?? [];
    if (times === undefined) return part;
    this.#at += times.length;
    // Whether it takes as little as possible makes no difference to what matches.
    this.#takes("?");
    const [from, to] = timesOf(times);
    if (from > LONGEST_REPETITION || (to > LONGEST_REPETITION && to !== Number.POSITIVE_INFINITY)) this.isLost = true;
    return { kind: "repeat", part, from, to };
  }

  #one(): Pattern {
    const character = this.#take();
    if (character === "(") return this.#group();
    if (character === ".") return ANY;
    return { kind: "one", rule: this.#character(character) };
  }

  #character(character: string): string {
    if (character === "[") return this.#class();
    if (character === "\\") return this.#escape();
    if (["*", "+", "?", "{", "^"].includes(character)) this.isLost = true;
    return written(character);
  }

  #group(): Pattern {
    if (this.#rest().startsWith("?:")) this.#at += 2;
    else if (this.#next === "?") this.isLost = true;
    this.#depth += 1;
    const group = this.alternatives();
    this.#depth -= 1;
    if (!this.#takes(")")) this.isLost = true;
    return group;
  }

  #class(): string {
    const isNegated = this.#takes("^");
    const members: string[] = [];
    while (!this.isRead && this.#next !== "]") members.push(this.#member());
    if (!this.#takes("]")) this.isLost = true;
    const some = members.join("");
    // Characters that JSON escapes are never among others.
    if (isNegated) return `[^${some}"\\\\\\x7F\\x00-\\x1F]`;
    if (some === "") this.isLost = true;
    return `[${some}]`;
  }

  #member(): string {
    const character = this.#take();
    if (character !== "\\") return inClass(character);
    const escaped = this.#take();
    const known = CLASSES[escaped];
    if (known !== undefined) return known;
    if (/[a-zA-Z0-9]/.test(escaped)) this.isLost = true;
    return inClass(escaped, true);
  }

  #escape(): string {
    const escaped = this.#take();
    const known = CLASSES[escaped];
    if (known !== undefined) return `[${known}]`;
    const control = CONTROLS[escaped];
    if (control !== undefined) return `"${control}"`;
    if (/[a-zA-Z0-9]/.test(escaped)) this.isLost = true;
    return written(escaped);
  }

  get #next(): string {
    return this.#pattern[this.#at] ?? "";
  }

  #rest(): string {
    return this.#pattern.slice(this.#at, this.#at + 24).join("");
  }

  #take(): string {
    const character = this.#next;
    if (character === "") this.isLost = true;
    this.#at += 1;
    return character;
  }

  #takes(character: string): boolean {
    if (this.#next !== character || this.isRead) return false;
    this.#at += 1;
    return true;
  }
}

/** Any text. */
const ANYTHING: Pattern = { kind: "repeat", part: ANY, from: 0, to: Number.POSITIVE_INFINITY };

function timesOf(times: string): readonly [from: number, to: number] {
  if (times === "?") return [0, 1];
  if (times === "*") return [0, Number.POSITIVE_INFINITY];
  if (times === "+") return [1, Number.POSITIVE_INFINITY];
  const [from = "", to = from] = times.slice(1, -1).split(",");
  return [Number(from), to === "" ? Number.POSITIVE_INFINITY : Number(to)];
}

/** One character as a JSON text has it. */
const written = (character: string) => literal(UNWRITABLE.has(character) ? `\\${character}` : character);

/** @param isEscaped Whether it stands for itself, where it would mean something. */
function inClass(character: string, isEscaped = false): string {
  if (UNWRITABLE.has(character)) return "";
  // A hyphen between two others makes a range, here as there.
  if (character === "-" && !isEscaped) return "-";
  return SPECIAL_IN_CLASS.has(character) ? `\\${character}` : character;
}
