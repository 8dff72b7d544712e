import { LIMITS } from "./limits.ts";
import { syntaxError } from "./locate.ts";
import type { Token, TokenKind } from "./token.ts";
import type { Body } from "./tree.ts";

/** Where a parser stands in the tokens of one template. */
export interface ParseState {
  readonly source: string;
  readonly tokens: readonly Token[];
  index: number;
  depth: number;
  /** The largest depth so far in the current body. */
  deepest: number;
  /** How many `range` bodies enclose the current place. */
  loops: number;
  /** The variables that can be seen, innermost last, by name without `$`. */
  scopes: Map<string, number>[];
  slots: number;
  readonly definitions: Map<string, Body>;
  readonly functions: ReadonlySet<string>;
}

export function peek(state: ParseState, ahead = 0): Token {
  const token = state.tokens[Math.min(state.index + ahead, state.tokens.length - 1)];
  // tokenize always ends with end_of_source.
  return token ?? { kind: "end_of_source", text: "", at: state.source.length, spaced: false };
}

export function next(state: ParseState): Token {
  const token = peek(state);
  state.index++;
  return token;
}

export function expect(state: ParseState, kind: TokenKind, what: string): Token {
  const token = next(state);
  if (token.kind === kind) return token;
  throw syntaxError(state.source, token.at, `expected ${what}, but found ${describe(token)}`);
}

export function describe(token: Token): string {
  if (token.kind === "close") return "the end of the action";
  if (token.kind === "end_of_source") return "the end of the template";
  if (token.kind === "field") return `.${token.text}`;
  if (token.kind === "variable") return `$${token.text}`;
  return token.text;
}

/** Parses something nested, with a limit on how deep. */
export function nested<T>(state: ParseState, at: number, parse: () => T): T {
  state.depth++;
  state.deepest = Math.max(state.deepest, state.depth);
  if (state.depth > LIMITS.nesting) {
    throw syntaxError(state.source, at, `blocks and parentheses are nested more than ${LIMITS.nesting} deep`);
  }
  const result = parse();
  state.depth--;
  return result;
}

/** Parses something whose variables are its own. */
export function scoped<T>(state: ParseState, parse: () => T): T {
  state.scopes.push(new Map());
  const result = parse();
  state.scopes.pop();
  return result;
}

export function declare(state: ParseState, name: string): number {
  const slot = state.slots++;
  state.scopes.at(-1)?.set(name, slot);
  return slot;
}

export function lookUp(state: ParseState, name: string): number | undefined {
  for (let i = state.scopes.length - 1; i >= 0; i--) {
    const slot = state.scopes[i]?.get(name);
    if (slot !== undefined) return slot;
  }
  return undefined;
}
