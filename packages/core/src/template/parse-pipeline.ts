import { suggest } from "../value/suggest.ts";
import { syntaxError } from "./locate.ts";
import { declare, describe, expect, lookUp, nested, next, type ParseState, peek } from "./parse-state.ts";
import type { Token } from "./token.ts";
import type { Command, FieldName, Operand, OperandSource, Pipeline } from "./tree.ts";

export const KEYWORDS: ReadonlySet<string> = new Set([
  "if",
  "else",
  "end",
  "range",
  "with",
  "define",
  "template",
  "block",
  "break",
  "continue",
]);

/** Parses up to and with the end: of the action, or of the parentheses. Only a `range` may declare two variables. */
export function parsePipeline(
  state: ParseState,
  end: "close" | "paren_close",
  variables: "none" | "one" | "two",
): Pipeline {
  const { at } = peek(state);
  const names = variables === "none" ? [] : readVariables(state, variables);
  const operator = names.length > 0 ? next(state) : undefined;
  const commands: Command[] = [];
  for (;;) {
    const command = parseCommand(state, end);
    if (commands.length > 0 && command.kind === "value") {
      throw syntaxError(
        state.source,
        command.operand.at,
        "after | a function must stand, which gets the value before it",
      );
    }
    commands.push(command);
    if (next(state).kind === end) break;
  }
  // After the commands, so that `$x := $x` reads the outer one.
  const slots = names.map((name) => (operator?.kind === "declare" ? declare(state, name.text) : slotOf(state, name)));
  return { at, commands, slots, isAssignment: operator !== undefined };
}

function readVariables(state: ParseState, most: "one" | "two"): Token[] {
  const first = peek(state);
  if (first.kind !== "variable") return [];
  const after = peek(state, 1);
  if (after.kind === "declare" || after.kind === "assign") {
    next(state);
    return [first];
  }
  if (after.kind !== "comma") return [];
  if (most === "one") throw syntaxError(state.source, after.at, "only range declares two variables");
  next(state);
  next(state);
  const second = expect(state, "variable", "a second variable");
  const { kind, at } = peek(state);
  if (kind !== "declare" && kind !== "assign")
    throw syntaxError(state.source, at, "expected := after the two variables");
  return [first, second];
}

function slotOf(state: ParseState, token: Token): number {
  const slot = lookUp(state, token.text);
  if (slot !== undefined) return slot;
  const known = state.scopes.flatMap((scope) => [...scope.keys()]).filter(Boolean);
  const meant = suggest(token.text, known);
  const hint = meant === undefined ? `declare it with $${token.text} :=` : `did you mean $${meant}?`;
  throw syntaxError(state.source, token.at, `there is no variable $${token.text} here: ${hint}`);
}

function parseCommand(state: ParseState, end: "close" | "paren_close"): Command {
  const start = peek(state);
  const operands: Operand[] = [];
  for (;;) {
    const token = peek(state);
    if (token.kind === end || token.kind === "pipe") break;
    if (operands.length > 0 && !token.spaced && token.kind !== "close") {
      const hint = token.kind === "dot" ? "a name must follow the point" : "put a space before it";
      throw syntaxError(state.source, token.at, `unexpected ${describe(token)}: ${hint}`);
    }
    operands.push(parseOperand(state, end));
  }
  const [first, ...others] = operands;
  if (first === undefined) {
    throw syntaxError(state.source, start.at, `expected a value, but found ${describe(start)}`);
  }
  if (first.source.kind === "call" && first.fields.length === 0) {
    return { kind: "call", at: first.at, name: first.source.name, operands: others };
  }
  const [extra] = others;
  if (extra !== undefined) {
    throw syntaxError(state.source, extra.at, "only functions take arguments: this stands behind a value");
  }
  return { kind: "value", operand: first };
}

function parseOperand(state: ParseState, end: "close" | "paren_close"): Operand {
  const token = next(state);
  if (token.kind === "field") {
    return {
      at: token.at,
      source: { kind: "dot" },
      fields: [firstField(token), ...parseFields(state)],
    };
  }
  const source = parseSource(state, token, end);
  const hasFields = source.kind === "variable" || source.kind === "pipeline";
  return { at: token.at, source, fields: hasFields ? parseFields(state) : [] };
}

function parseSource(state: ParseState, token: Token, end: "close" | "paren_close"): OperandSource {
  switch (token.kind) {
    case "dot":
      return { kind: "dot" };
    case "variable":
      return { kind: "variable", slot: slotOf(state, token) };
    case "constant":
      return { kind: "constant", value: token.value ?? null };
    case "word":
      return parseWord(state, token);
    case "paren_open":
      return nested(state, token.at, () => ({
        kind: "pipeline",
        pipeline: parsePipeline(state, "paren_close", "none"),
      }));
    case "close":
      throw syntaxError(state.source, token.at, "a parenthesis is never closed in this action");
    default: {
      const reason = token.kind === "paren_close" && end === "close" ? ": no parenthesis is open" : "";
      throw syntaxError(state.source, token.at, `unexpected ${describe(token)}${reason}`);
    }
  }
}

function parseFields(state: ParseState): FieldName[] {
  const fields: FieldName[] = [];
  while (peek(state).kind === "field" && !peek(state).spaced) {
    const { text, at } = next(state);
    fields.push({ name: text, at });
  }
  return fields;
}

function parseWord(state: ParseState, token: Token): OperandSource {
  const { text, at } = token;
  if (text === "true" || text === "false") return { kind: "constant", value: text === "true" };
  if (text === "nil") return { kind: "constant", value: null };
  if (KEYWORDS.has(text)) throw syntaxError(state.source, at, `unexpected ${text}: it must stand first in its action`);
  if (state.functions.has(text)) return { kind: "call", name: text };
  const meant = suggest(text, [...state.functions]);
  const hint = meant === undefined ? `to read a variable of this name, write .${text}` : `did you mean ${meant}?`;
  throw syntaxError(state.source, at, `there is no function ${text}: ${hint}`);
}

/** `.5` is the variable 5 where there is one, because task ids may be digits; elsewhere it is a fraction, as in Go. */
function firstField({ text, at }: Token): FieldName {
  return /^\d+$/.test(text) ? { name: text, at, fraction: Number(`0.${text}`) } : { name: text, at };
}
