import type { Value } from "./frame.ts";

/** Ends the rendering with a message, at the place of the call. */
export type Fail = (message: string) => never;

/** A function that templates can call. */
export interface TemplateFunction {
  /** The fewest and the most arguments, a piped value among them. */
  readonly least: number;
  readonly most: number;
  readonly call: (values: readonly Value[], fail: Fail) => Value;
}
