import { compile } from "./compile.ts";
import { findPaths } from "./find-paths.ts";
import { type Rendering, ROOT, type Value } from "./frame.ts";
import { FUNCTION_NAMES } from "./functions.ts";
import { renderError } from "./locate.ts";
import { parse } from "./parse.ts";
import type { Scope, Template } from "./template.ts";

/**
 * Reads a template: the language of Go's text/template, with the functions `toJson trunc default upper lower trim join` added.
 * Numbers print as JavaScript prints them, objects and arrays as JSON, missing and null values as `<no value>`.
 * Throws a `TemplateError` with code `template_syntax`, which has line and column.
 */
export function parseTemplate(source: string): Template {
  const tree = parse(source, FUNCTION_NAMES);
  const write = compile(tree, source);
  if (tree.main.nodes.every((node) => node.kind === "text")) {
    const text = tree.main.nodes.map((node) => (node.kind === "text" ? node.text : "")).join("");
    return { source, reads: [], paths: [], render: () => text, renderValue: () => text };
  }
  const fail = (at: number, message: string): never => {
    throw renderError(source, at, message);
  };
  const render = (scope: Scope | undefined, root: Value): string => {
    const rendering: Rendering = { scope, fail, out: "", work: 0, depth: 0 };
    write(rendering, root);
    return rendering.out;
  };
  const paths = findPaths(tree);
  return {
    source,
    reads: [...new Set(paths.map(([name]) => String(name)))],
    paths,
    render: (scope) => render(scope, ROOT),
    // Where the whole root is null, its fields are missing rather than forbidden.
    renderValue: (value) => render(undefined, value ?? undefined),
  };
}
