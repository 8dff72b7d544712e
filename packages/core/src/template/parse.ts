import { LIMITS } from "./limits.ts";
import { syntaxError } from "./locate.ts";
import { parsePipeline } from "./parse-pipeline.ts";
import { describe, expect, nested, next, type ParseState, peek, scoped } from "./parse-state.ts";
import type { Token } from "./token.ts";
import { tokenize } from "./tokenize.ts";
import type { Body, GuardedBody, Node, Tree } from "./tree.ts";

/** Reads a template into a tree. `functions` are the names that may be called. Throws `template_syntax`. */
export function parse(source: string, functions: ReadonlySet<string>): Tree {
  if (source.length > LIMITS.sourceLength) {
    throw syntaxError(
      source,
      0,
      `a template may have ${LIMITS.sourceLength} characters, this one has ${source.length}`,
    );
  }
  const state: ParseState = {
    source,
    tokens: tokenize(source),
    index: 0,
    depth: 0,
    deepest: 0,
    loops: 0,
    scopes: [],
    slots: 0,
    definitions: new Map(),
    functions,
  };
  const main = parseBody(state, undefined);
  return { main, definitions: state.definitions };
}

/** How a sequence of nodes ended: at the `end` or `else` of what encloses it. */
interface Sequence {
  readonly nodes: Node[];
  readonly stop: Token;
}

/** The main body, or one that `opened` names: with variables of its own, outside of every loop. */
function parseBody(state: ParseState, opened: Token | undefined): Body {
  const { scopes, slots, loops, deepest } = state;
  state.scopes = [new Map([["", 0]])];
  state.slots = 1;
  state.loops = 0;
  state.deepest = state.depth;
  const { nodes, stop } = parseNodes(state, opened);
  if (opened !== undefined) expectEnd(state, stop);
  const body = { nodes, slots: state.slots, nesting: state.deepest - state.depth };
  state.scopes = scopes;
  state.slots = slots;
  state.loops = loops;
  state.deepest = Math.max(deepest, state.deepest);
  return body;
}

function parseNodes(state: ParseState, opened: Token | undefined): Sequence {
  const nodes: Node[] = [];
  for (;;) {
    const token = next(state);
    if (token.kind === "text") {
      nodes.push({ kind: "text", text: token.text });
      continue;
    }
    if (token.kind === "end_of_source") {
      if (opened === undefined) return { nodes, stop: token };
      throw syntaxError(state.source, opened.at, "this block is never closed: add {{end}}");
    }
    const word = peek(state);
    if (word.kind === "word" && (word.text === "end" || word.text === "else")) {
      if (opened === undefined) throw syntaxError(state.source, word.at, `unexpected ${word.text}: no block is open`);
      return { nodes, stop: next(state) };
    }
    const node = parseAction(state, token, opened === undefined);
    if (node !== undefined) nodes.push(node);
  }
}

function parseAction(state: ParseState, open: Token, isOutermost: boolean): Node | undefined {
  const token = peek(state);
  switch (token.kind === "word" ? token.text : "") {
    case "if":
    case "with":
      return parseBranches(state, open, next(state).text === "if" ? "if" : "with");
    case "range":
      return parseRange(state, open, next(state));
    case "define":
      if (!isOutermost) throw syntaxError(state.source, token.at, "define must stand outside of every block");
      parseDefinition(state, open, next(state));
      return undefined;
    case "block":
      return parseBlock(state, open, next(state));
    case "template":
      return parseTemplateCall(state, next(state));
    case "break":
    case "continue":
      return parseJump(state, next(state));
    default:
      return { kind: "print", pipeline: parsePipeline(state, "close", "one") };
  }
}

function parseBranches(state: ParseState, open: Token, kind: "if" | "with"): Node {
  return inBlock(state, open, () => {
    const branches: GuardedBody[] = [];
    for (;;) {
      const pipeline = parsePipeline(state, "close", "one");
      const { nodes, stop } = scoped(state, () => parseNodes(state, open));
      branches.push({ pipeline, body: nodes });
      if (stop.text === "else" && peek(state).kind === "word" && peek(state).text === kind) {
        next(state);
        continue;
      }
      return { kind, branches, otherwise: parseOtherwise(state, open, stop) };
    }
  });
}

function parseRange(state: ParseState, open: Token, { at }: Token): Node {
  return inBlock(state, open, () => {
    const pipeline = parsePipeline(state, "close", "two");
    state.loops++;
    const { nodes, stop } = scoped(state, () => parseNodes(state, open));
    state.loops--;
    return { kind: "range", at, pipeline, body: nodes, otherwise: parseOtherwise(state, open, stop) };
  });
}

function inBlock(state: ParseState, open: Token, parseInside: () => Node): Node {
  return nested(state, open.at, () => scoped(state, parseInside));
}

function parseOtherwise(state: ParseState, open: Token, stop: Token): readonly Node[] {
  if (stop.text === "end") {
    expectEnd(state, stop);
    return [];
  }
  expect(state, "close", "}} after else");
  const { nodes, stop: last } = scoped(state, () => parseNodes(state, open));
  if (last.text === "else") throw syntaxError(state.source, last.at, "this block has an else already");
  expectEnd(state, last);
  return nodes;
}

function expectEnd(state: ParseState, stop: Token): void {
  if (stop.text !== "end") throw syntaxError(state.source, stop.at, `unexpected ${stop.text}: expected end`);
  expect(state, "close", "}} after end");
}

function parseDefinition(state: ParseState, open: Token, word: Token): void {
  const name = parseName(state, word);
  expect(state, "close", "}} after the name");
  define(state, open, name);
}

function parseBlock(state: ParseState, open: Token, word: Token): Node {
  const name = parseName(state, word);
  const pipeline = parsePipeline(state, "close", "none");
  define(state, open, name);
  return { kind: "template", at: word.at, name, pipeline };
}

function define(state: ParseState, open: Token, name: string): void {
  const body = nested(state, open.at, () => parseBody(state, open));
  state.definitions.set(name, body);
}

function parseTemplateCall(state: ParseState, word: Token): Node {
  const name = parseName(state, word);
  if (peek(state).kind === "close") {
    next(state);
    return { kind: "template", at: word.at, name, pipeline: undefined };
  }
  return { kind: "template", at: word.at, name, pipeline: parsePipeline(state, "close", "none") };
}

function parseName(state: ParseState, word: Token): string {
  const token = next(state);
  if (token.kind === "constant" && typeof token.value === "string") return token.value;
  throw syntaxError(state.source, token.at, `after ${word.text} a name in quotes must stand, not ${describe(token)}`);
}

function parseJump(state: ParseState, word: Token): Node {
  const kind = word.text === "break" ? "break" : "continue";
  if (state.loops === 0) throw syntaxError(state.source, word.at, `${kind} has a meaning only inside range`);
  expect(state, "close", `}} after ${kind}`);
  return { kind };
}
