import { Visitor } from "oxc-parser";
import { lineAt, parseSource } from "./parse-source.ts";
import type { SourceFile } from "./source-files.ts";

export interface MeasuredFunction {
  /** As it is written, or `a function` where it has no name. */
  readonly name: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** From its first line to its last. */
  readonly lines: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Every function of a file, inner ones included, with its length. */
export function measureFunctions(file: SourceFile): MeasuredFunction[] {
  const names = new Map<number, string>();
  const functions: MeasuredFunction[] = [];
  const nameOf = (node: Span, key: { readonly type: string; readonly name?: unknown }) => {
    if (typeof key.name === "string") names.set(node.start, key.name);
  };
  const measure = ({ start, end }: Span, name = names.get(start) ?? "a function") => {
    const line = lineAt(file.text, start);
    functions.push({ name, line, lines: lineAt(file.text, end) - line + 1 });
  };

  new Visitor({
    VariableDeclarator: (node) => node.init !== null && nameOf(node.init, node.id),
    MethodDefinition: (node) => nameOf(node.value, node.key),
    PropertyDefinition: (node) => node.value !== null && nameOf(node.value, node.key),
    Property: (node) => nameOf(node.value, node.key),
    FunctionDeclaration: (node) => measure(node, node.id?.name),
    FunctionExpression: (node) => measure(node, node.id?.name),
    ArrowFunctionExpression: (node) => measure(node),
  }).visit(parseSource(file));
  return functions;
}
