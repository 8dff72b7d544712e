import type { Json } from "../../src/value/json.ts";

/** A text that is JSON as that value, so that key order and escapes do not matter; any other text as it is. */
export function readText(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
