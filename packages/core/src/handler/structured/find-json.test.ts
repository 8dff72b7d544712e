import { expect, test } from "vitest";
import { findJson, type JsonKind } from "./find-json.ts";

test.each<[string, JsonKind, string]>([
  ["It is {a: '}'} and {b}.", "any", "{a: '}'}"],
  ['{"a": "\\"}"} more', "any", '{"a": "\\"}"}'],
  ["It's [1, [2]] here", "any", "[1, [2]]"],
  ["see [1]: {a: 1}", "object", "{a: 1}"],
  ["{a} gives [1]", "array", "[1]"],
  ["only [1]", "object", "[1]"],
  ["a {b} c", "other", "a {b} c"],
  ["```json\n{a: 1}\n```\n{b: 2}", "any", "{a: 1}"],
  ["```\nyes\n```", "other", "yes"],
  ['{"a": [1', "any", '{"a": [1'],
  ["  none  ", "any", "none"],
])("in %j looks for %s and finds %j", (reply, kind, found) => {
  expect(findJson(reply, kind)).toBe(found);
});
