import { expect, it } from "vitest";
import { trimReply } from "./trim-reply.ts";

it.each([
  ["  yes\n", "yes"],
  ["\u0085\u00a0\u3000yes\u2028\u3000", "yes"],
  ["\ufeffyes\u200b", "\ufeffyes\u200b"],
  ["a b", "a b"],
  [" \t\r\n\v\f ", ""],
  ["", ""],
])("trims %j to %j", (text, trimmed) => {
  expect(trimReply(text)).toBe(trimmed);
});
