import type { Handler } from "./handler.ts";

/** Passes its input on. */
export const noop: Handler = {
  execute: (context) => ({ output: context.input, outcome: "noop" }),
};
