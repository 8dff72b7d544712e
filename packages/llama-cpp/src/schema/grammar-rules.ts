/** The rules of a grammar in llama.cpp's notation, under construction. Equal rules are kept once. */
export class GrammarRules {
  readonly #bodies = new Map<string, string>();
  readonly #names = new Map<string, string>();

  /** A rule's name, for use in others. */
  add(body: string): string {
    const known = this.#names.get(body);
    if (known !== undefined) return known;
    const name = this.reserve();
    this.define(name, body);
    this.#names.set(body, name);
    return name;
  }

  /** A name whose rule comes later, so that rules may speak of themselves. */
  reserve(): string {
    const name = `r${this.#bodies.size}`;
    this.#bodies.set(name, "");
    return name;
  }

  define(name: string, body: string): void {
    this.#bodies.set(name, body);
  }

  toString(root: string): string {
    const own = [...this.#bodies].map(([name, body]) => `${name} ::= ${body}`);
    return [`root ::= ${root}`, ...own, JSON_RULES].join("\n");
  }
}

/**
 * JSON itself, with at most one space where JSON allows any white space: a model that may write more of it may never end.
 * Numbers have no exponent and no more digits than a double keeps, texts only characters that there are.
 */
const JSON_RULES = String.raw`
ws ::= " "?
value ::= object | array | string | number | boolean | null
object ::= "{" ws (member ("," ws member)*)? "}"
member ::= string ":" ws value
array ::= "[" ws (value ("," ws value)*)? "]"
string ::= "\"" char* "\""
char ::= [\x20-\x21\x23-\x5B\x5D-\x7E\u00A0-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})
number ::= integer ("." [0-9]{1,15})?
integer ::= "-"? natural
natural ::= "0" | [1-9] [0-9]{0,14}
boolean ::= "true" | "false"
null ::= "null"
`.trim();

/** A text that stands in the grammar as it is. */
export function literal(text: string): string {
  const escaped = [...text].map((character) => ESCAPES[character] ?? character).join("");
  return `"${escaped}"`;
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
