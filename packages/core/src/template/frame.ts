import type { Json } from "../value/json.ts";
import { LIMITS } from "./limits.ts";
import type { Scope } from "./template.ts";

/** What an expression gives; undefined where something is missing. */
export type Value = Json | undefined;

/** Stands for the variables when they are the root, so that they need not be gathered into an object to read one of them. */
export const ROOT: Json = Object.freeze({});

/** One rendering. */
export interface Rendering {
  /** Undefined where the root is a plain value. */
  readonly scope: Scope | undefined;
  /** Throws `template_failed` at an offset of the source. */
  readonly fail: (at: number, message: string) => never;
  out: string;
  work: number;
  depth: number;
}

/** One call of a body: the rendering, and the variables that live in this call. */
export interface Frame {
  readonly rendering: Rendering;
  readonly variables: Value[];
}

export type Expression = (frame: Frame, dot: Value) => Value;

/** What comes after a step: the next one, or the end or the next turn of the enclosing range. */
export type Signal = "go_on" | "break" | "continue";

export type Step = (frame: Frame, dot: Value) => Signal;

/** The value itself: the root's variables as an object where it stands for them. */
export function resolveRoot(rendering: Rendering, value: Value): Value {
  return value === ROOT && rendering.scope !== undefined ? rendering.scope.all() : value;
}

/** Counts what was done, and ends a rendering that does too much. */
export function charge(rendering: Rendering, at: number, work: number): void {
  rendering.work += work;
  if (rendering.work > LIMITS.work) rendering.fail(at, `the template executes more than ${LIMITS.work} operations`);
}

export function write(rendering: Rendering, at: number, text: string): void {
  rendering.out += text;
  if (rendering.out.length > LIMITS.outputLength) {
    rendering.fail(at, `the output is longer than ${LIMITS.outputLength} characters`);
  }
}
