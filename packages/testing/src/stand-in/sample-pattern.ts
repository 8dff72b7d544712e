/** The shortest text of at least `least` characters that a regular expression matches, as far as it can be made simply; else undefined. */
export function samplePattern(pattern: string, least: number): string | undefined {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, "u");
  } catch {
    return undefined;
  }
  for (const extra of [0, 1, 2, 4, 8, 16, 32, 64, least]) {
    const sample = new Sampler(pattern, extra).sample();
    if (sample !== undefined && sample.length >= least && expression.test(sample)) return sample;
  }
  return undefined;
}

/** Walks the pattern once, from left to right, and writes a text that it matches. Repeats what may be repeated `extra` times more. */
class Sampler {
  #at = 0;
  #unknown = false;
  readonly #pattern: string;
  readonly #extra: number;

  constructor(pattern: string, extra: number) {
    this.#pattern = pattern;
    this.#extra = extra;
  }

  sample(): string | undefined {
    const text = this.#alternatives();
    return this.#unknown || this.#at < this.#pattern.length ? undefined : text;
  }

  /** The first alternative; the others are only passed over. */
  #alternatives(): string {
    const first = this.#sequence();
    while (this.#take("|")) this.#sequence();
    return first;
  }

  #sequence(): string {
    let text = "";
    while (this.#at < this.#pattern.length && !/[|)]/.test(this.#pattern[this.#at] ?? "")) {
      const atom = this.#atom();
      text += atom.repeat(this.#times(atom));
    }
    return text;
  }

  #atom(): string {
    if (this.#take("^") || this.#take("$")) return "";
    if (this.#take("(")) return this.#group();
    if (this.#take("[")) return this.#class();
    const character = this.#next();
    if (character === ".") return "a";
    return character === "\\" ? this.#escape() : character;
  }

  #group(): string {
    if (this.#take("?")) {
      const kind = /^(?::|<[A-Za-z]\w*>)/.exec(this.#pattern.slice(this.#at))?.[0];
      // What looks around does not write.
      if (kind === undefined) this.#unknown = true;
      this.#at += kind?.length ?? 0;
    }
    const text = this.#alternatives();
    if (!this.#take(")")) this.#unknown = true;
    return text;
  }

  #class(): string {
    const end = this.#classEnd();
    const body = this.#pattern.slice(this.#at, end);
    this.#at = end + 1;
    try {
      const allowed = new RegExp(`[${body}]`, "u");
      return [..."aA0-_ .@/:#+,!?*=éa"].find((character) => allowed.test(character)) ?? this.#firstIn(allowed);
    } catch {
      this.#unknown = true;
      return "";
    }
  }

  #firstIn(allowed: RegExp): string {
    for (let code = 33; code < 0x250; code++) {
      const character = String.fromCodePoint(code);
      if (allowed.test(character)) return character;
    }
    this.#unknown = true;
    return "";
  }

  #classEnd(): number {
    for (let at = this.#at; at < this.#pattern.length; at++) {
      if (this.#pattern[at] === "\\") at++;
      else if (this.#pattern[at] === "]") return at;
    }
    return this.#pattern.length;
  }

  #escape(): string {
    const character = this.#next();
    const written = ESCAPES[character];
    if (written === undefined && /[A-Za-z1-9]/.test(character)) this.#unknown = true;
    return written ?? character;
  }

  #times(atom: string): number {
    const quantifier = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(this.#pattern.slice(this.#at));
    if (quantifier === null) return 1;
    this.#at += quantifier[0].length;
    const [text, low, comma, high] = quantifier;
    const least = low === undefined ? Number(text.startsWith("+")) : Number(low);
    const most =
      low === undefined ? (text.startsWith("?") ? 1 : Infinity) : comma === "" ? least : Number(high || Infinity);
    return atom === "" ? 1 : Math.min(most, least + this.#extra, 1_000);
  }

  #take(character: string): boolean {
    if (this.#pattern[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #next(): string {
    const character = this.#pattern[this.#at] ?? "";
    this.#at++;
    return character;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  d: "0",
  w: "a",
  s: " ",
  D: "a",
  W: "-",
  S: "a",
  b: "",
  n: "\n",
  t: "\t",
  r: "\r",
};
