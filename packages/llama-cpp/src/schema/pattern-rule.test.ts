import { expect, test } from "vitest";
import { patternRule } from "./pattern-rule.ts";

test.each([
  ["^abc$", '"a" "b" "c"'],
  ["^[A-Z]{2,3}$", "([A-Z]){2,3}"],
  ["^(a|b)+$", '(("a" | "b"))+'],
  ["^(?:x)*?$", '(("x"))*'],
  ["^\\d\\.\\w$", '[0-9] "." [A-Za-z0-9_]'],
  ["^.$", "char"],
  ["ab", 'char* "a" "b" char*'],
  ["^a|b$", '"a" char* | char* "b"'],
  ['^"\\\\$', String.raw`"\\\"" "\\\\"`],
  ["^[^a]$", String.raw`[^a"\\\x7F\x00-\x1F]`],
  ["^[-\\]a]$", "[-\\]a]"],
  ["^$", '""'],
])("the pattern %s is the rule %s", (pattern, rule) => {
  expect(patternRule(pattern)).toBe(rule);
});

test.each(["(?=a)b", "(a)\\1", "\\bword\\b", "^\\p{L}$", "[", "(a", "a)", "*", "a{2000}", "\\", "a^b", "[\\b]"])(
  "the pattern %s has no rule",
  (pattern) => {
    expect(patternRule(pattern)).toBeUndefined();
  },
);
