import type { Json } from "../value/json.ts";
import type { ReadPath } from "./find-paths.ts";

/** Where a template finds its names when its root is a set of variables. */
export interface Scope {
  /** The variable's value; undefined where there is none of this name. */
  get(name: string): Json | undefined;
  /** All of them, for `{{.}}` and `range .`. */
  all(): { readonly [name: string]: Json };
}

/** A template that was read once and can be rendered many times. */
export interface Template {
  readonly source: string;
  /** The names that it reads from its root, each once, in order of appearance. Those read inside a `with` or `range` are not the root's. */
  readonly reads: readonly string[];
  /** What it reads, as ways from its root: names of variables and of their properties, and numbers for elements of lists. Also those read inside a `with` or `range`. */
  readonly paths: readonly ReadPath[];
  /** Renders over a set of variables. Throws a `TemplateError` with code `template_failed`. */
  render(scope: Scope): string;
  /** Renders with `value` itself as the root. Throws a `TemplateError` with code `template_failed`. */
  renderValue(value: Json): string;
}
