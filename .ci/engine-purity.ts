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

/** They depend on what they are given only, as `new Date(time)` does. */
const PURE_MEMBERS = new Set(["Date.parse", "Date.UTC"]);

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
      const name = `${node.object.name}.${node.property.name}`;
      if (PURE_MEMBERS.has(name)) return;
      if (IMPURE.has(node.object.name) || name === "Math.random") refuse(name, node.start);
    },
    CallExpression: (node) => {
      if (node.callee.type === "Identifier" && IMPURE.has(node.callee.name)) refuse(node.callee.name, node.start);
    },
    NewExpression: (node) => {
      if (node.callee.type !== "Identifier" || !IMPURE.has(node.callee.name)) return;
      const isGivenDate = node.callee.name === "Date" && node.arguments.length > 0;
      if (!isGivenDate) refuse(`new ${node.callee.name}`, node.start);
    },
  }).visit(parseSource(file));
  return problems;
}
