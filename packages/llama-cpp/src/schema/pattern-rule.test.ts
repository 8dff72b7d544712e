import { expect, test } from "vitest";
import { patternRule } from "./pattern-rule.ts";
import { readPattern } from "./read-pattern.ts";

const ruleOf = (source: string) => {
  const pattern = readPattern(source);
  return pattern === undefined ? undefined : patternRule(pattern);
};

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
  ["^a{2}b{2,}$", '("a"){2} ("b"){2,}'],
  ["^\\d+x\\d{30,}$", '([0-9]){1,20} "x" ([0-9]){30,30}'],
])("the pattern %s is the rule %s", (pattern, rule) => {
  expect(ruleOf(pattern)).toBe(rule);
});

test.each(["(?=a)b", "(a)\\1", "\\bword\\b", "^\\p{L}$", "[", "(a", "a)", "*", "a{2000}", "\\", "a^b", "[\\b]"])(
  "the pattern %s has no rule",
  (pattern) => {
    expect(ruleOf(pattern)).toBeUndefined();
  },
);
