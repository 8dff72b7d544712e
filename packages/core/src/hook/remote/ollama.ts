import { isJsonObject } from "../../value/json.ts";
import type { Protocol } from "./protocol.ts";

/** A function call with its arguments as an object; the result stands where Ollama's chat has its text. */
export const ollama: Protocol = {
  resultField: "message.content",
  encode: (name, args) => ({ name, arguments: args }),
  decode(answer) {
    const message = isJsonObject(answer) ? answer.message : undefined;
    return isJsonObject(message) ? message.content : undefined;
  },
};
