import type { Protocol } from "./protocol.ts";

/** A function call with its arguments as JSON text; the whole answer is the result. */
export const openai: Protocol = {
  encode: (name, args) => ({ name, arguments: JSON.stringify(args) }),
  decode: (answer) => answer,
};
