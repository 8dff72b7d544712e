import type { Protocol } from "./protocol.ts";

/** A function call with its arguments as an object; the whole answer is the result. */
export const openaiObject: Protocol = {
  encode: (name, args) => ({ name, arguments: args }),
  decode: (answer) => answer,
};
