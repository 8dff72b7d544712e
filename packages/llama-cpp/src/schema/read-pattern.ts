import { type CharacterRange, classRule, othersThan } from "./character-class.ts";
import { literal } from "./grammar-rules.ts";
import { ANY, type Pattern } from "./pattern.ts";

const DIGITS: readonly CharacterRange[] = [[0x30, 0x39]];
const WORDS: readonly CharacterRange[] = [...DIGITS, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const BLANKS: readonly CharacterRange[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const LINE_ENDS: readonly CharacterRange[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
/** What escapes such as `\d` stand for. Of white space only the blank is written. */
const CLASSES: Readonly<Record<string, readonly CharacterRange[]>> = {
  d: DIGITS,
  D: othersThan(DIGITS),
  w: WORDS,
  W: othersThan(WORDS),
  s: [[0x20, 0x20]],
  S: othersThan(BLANKS),
};
const CONTROLS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };
/** What may stand in a JSON text only with a backslash. */
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
    const parts: Pattern[] = !isOutside || this.#takes("^") ? [] : [ANYTHING];
    while (!this.isRead && !this.isLost && !["|", ")", "$"].includes(this.#next)) parts.push(this.#repeated());
    // Inside of a group more may follow, which an end does not let through.
    if (!isOutside && this.#next === "$") this.isLost = true;
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
    const pattern: Pattern = { kind: "repeat", part, from, to };
    if (from > to || writtenOut(pattern) > LONGEST_REPETITION) this.isLost = true;
    return pattern;
  }

  #one(): Pattern {
    const character = this.#take();
    if (character === "(") return this.#group();
    return { kind: "one", rule: this.#character(character) };
  }

  #character(character: string): string {
    if (character === "[") return this.#class();
    if (character === "\\") return this.#escape();
    if (character === ".") return this.#oneOf(othersThan(LINE_ENDS));
    if (["*", "+", "?", "{", "^"].includes(character)) this.isLost = true;
    return this.#itself(character);
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
    const members: CharacterRange[] = [];
    while (!this.isRead && this.#next !== "]") members.push(...this.#member());
    if (!this.#takes("]")) this.isLost = true;
    return this.#oneOf(isNegated ? othersThan(members) : members);
  }

  #member(): readonly CharacterRange[] {
    const from = this.#memberAlone();
    if (this.#next !== "-" || this.#rest()[1] === "]") return from;
    this.#take();
    const to = this.#memberAlone();
    const [[first, firstTo] = [1, 0], [last, lastTo] = [0, 1]] = [from[0], to[0]];
    // A range has one character at each end, and none is before the first.
    if (from.length > 1 || to.length > 1 || first !== firstTo || last !== lastTo || first > last) this.isLost = true;
    return [[first, last]];
  }

  #memberAlone(): readonly CharacterRange[] {
    const character = this.#take();
    if (character !== "\\") return only(character);
    const escaped = this.#take();
    const control = CONTROLS[escaped];
    return CLASSES[escaped] ?? only(control ?? this.#escaped(escaped));
  }

  #escape(): string {
    const escaped = this.#take();
    const known = CLASSES[escaped];
    return known === undefined ? this.#itself(CONTROLS[escaped] ?? this.#escaped(escaped)) : this.#oneOf(known);
  }

  /** A character that is written as an escape. */
  #escaped(escaped: string): string {
    const length = escaped === "u" ? 4 : 2;
    const digits = this.#rest().slice(0, length);
    if ((escaped === "u" || escaped === "x") && /^[0-9a-fA-F]+$/.test(digits) && digits.length === length) {
      this.#at += length;
      return String.fromCodePoint(Number.parseInt(digits, 16));
    }
    if (/[a-zA-Z0-9]/.test(escaped)) this.isLost = true;
    return escaped;
  }

  #oneOf(ranges: readonly CharacterRange[]): string {
    const rule = classRule(ranges);
    if (rule === undefined) this.isLost = true;
    return rule ?? "";
  }

  /** One character as a JSON text has it. */
  #itself(character: string): string {
    if (UNWRITABLE.has(character)) return literal(`\\${character}`);
    const control = Object.keys(CONTROLS).find((name) => CONTROLS[name] === character);
    if (control !== undefined) return literal(`\\${control}`);
    // The others that JSON escapes are nothing that a model writes.
    return this.#oneOf(only(character)) === "" ? "" : literal(character);
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

/** How many repetitions llama.cpp makes of those in each other. */
function writtenOut(pattern: Pattern): number {
  switch (pattern.kind) {
    case "one":
      return 1;
    case "sequence":
      return Math.max(1, ...pattern.parts.map(writtenOut));
    case "choice":
      return Math.max(1, ...pattern.choices.map(writtenOut));
    case "repeat": {
      const times = pattern.to === Number.POSITIVE_INFINITY ? pattern.from : pattern.to;
      return Math.max(1, times) * writtenOut(pattern.part);
    }
  }
}

const only = (character: string): readonly CharacterRange[] => {
  const code = character.codePointAt(0) ?? 0;
  return [[code, code]];
};
