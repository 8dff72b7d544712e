import { Visitor } from "oxc-parser";
import { lineAt, parseSource } from "./parse-source.ts";
import type { Problem } from "./problem.ts";
import type { SourceFile } from "./source-files.ts";

/** Globals that differ from one call to the next, or that reach outside. */
const IMPURE = new Set([
  "Date",
  "performance",
  "crypto",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "Promise",
  "AbortSignal",
  "AbortController",
  "fetch",
  "process",
  "console",
]);

/** What an engine that is total and synchronous cannot contain: waiting, time, randomness, the outside. */
export function checkEnginePurity(file: SourceFile): Problem[] {
  if (!file.path.startsWith("packages/core/src/engine/")) return [];
  const problems: Problem[] = [];
  const refuse = (what: string, start: number) =>
    problems.push({ path: file.path, line: lineAt(file.text, start), message: `uses ${what}: the engine is pure` });

  new Visitor({
    AwaitExpression: (node) => refuse("await", node.start),
    FunctionDeclaration: (node) => node.async && refuse("an async function", node.start),
    FunctionExpression: (node) => node.async && refuse("an async function", node.start),
    ArrowFunctionExpression: (node) => node.async && refuse("an async function", node.start),
    MemberExpression: (node) => {
      if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
      if (IMPURE.has(node.object.name)) refuse(node.object.name, node.start);
      if (node.object.name === "Math" && node.property.name === "random") refuse("Math.random", node.start);
    },
    CallExpression: (node) => {
      if (node.callee.type === "Identifier" && IMPURE.has(node.callee.name)) refuse(node.callee.name, node.start);
    },
    NewExpression: (node) => {
      if (node.callee.type === "Identifier" && IMPURE.has(node.callee.name)) refuse(node.callee.name, node.start);
    },
  }).visit(parseSource(file));
  return problems;
}
