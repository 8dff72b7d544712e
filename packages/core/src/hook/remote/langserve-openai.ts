import { isJsonObject } from "../../value/json.ts";
import type { Protocol } from "./protocol.ts";

/** A function call with its arguments as JSON text; the result is the answer's `output`. */
export const langserveOpenai: Protocol = {
  resultField: "output",
  encode: (name, args) => ({ name, arguments: JSON.stringify(args) }),
  decode: (answer) => (isJsonObject(answer) ? answer.output : undefined),
};
