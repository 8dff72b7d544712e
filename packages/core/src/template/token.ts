/** A piece of a template. `at` is an offset in the source; `spaced` says that white space stands before it. */
export interface Token {
  readonly kind: TokenKind;
  /** The text between actions, a name without its point or dollar sign, or the characters themselves. */
  readonly text: string;
  readonly at: number;
  readonly spaced: boolean;
  /** The value of a string or number. */
  readonly value?: string | number;
}

export type TokenKind =
  | "text"
  | "open"
  | "close"
  | "word"
  | "field"
  | "dot"
  | "variable"
  | "constant"
  | "pipe"
  | "paren_open"
  | "paren_close"
  | "declare"
  | "assign"
  | "comma"
  | "end_of_source";
