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
  ["^\\d\\.\\w$", String.raw`[0-9] "." [0-9A-Z\x5Fa-z]`],
  ["ab", 'char* "a" "b" char*'],
  ["^a|b$", '"a" char* | char* "b"'],
  ['^"\\\\$', String.raw`"\\\"" "\\\\"`],
  ["^[-\\]a]$", String.raw`[\x2D\x5Da]`],
  ["^[a-]$", String.raw`[\x2Da]`],
  ["^$", '""'],
  ["^a{2}b{2,}$", '("a"){2} ("b"){2,}'],
  ["^\\d+x\\d{30,}$", '([0-9]){1,20} "x" ([0-9]){30,30}'],
  ["^\\n\\^\\x41$", String.raw`"\\n" "^" "A"`],
])("the pattern %s is the rule %s", (pattern, rule) => {
  expect(ruleOf(pattern)).toBe(rule);
});

test.each([
  ["[ -~]", String.raw`[\x20-\x21\x23-\x5B\x5D-\x7E]`],
  ["[A-z]", String.raw`[A-\x5B\x5D-z]`],
  ["[a^b\\n]", String.raw`[\x5Ea-b]`],
  ["[^ -~]", String.raw`[\xA0-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]`],
  ["[\\u4e00-\\u9fa5]", String.raw`[\u4E00-\u9FA5]`],
  ["\\D", String.raw`[\x20-\x21\x23-\x2F\x3A-\x5B\x5D-\x7E\xA0-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]`],
  [".", String.raw`[\x20-\x21\x23-\x5B\x5D-\x7E\xA0-\u2027\u202A-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]`],
])("of the characters %s those that JSON has as they are may be written", (pattern, rule) => {
  expect(ruleOf(`^${pattern}$`)).toBe(rule);
});

test.each([
  ...["(?=a)b", "(a)\\1", "\\bword\\b", "^\\p{L}$", "[", "(a", "a)", "*", "a{2000}", "\\", "a^b", "[\\b]"],
  ...["^(foo|bar$)", "^(^a)", '^["]$', "^[z-a]$", "^[a-\\d]$", "^(a{1,100}){1,100}$", "a{3,2}", "^\\u0001$"],
])("the pattern %s has no rule", (pattern) => {
  expect(ruleOf(pattern)).toBeUndefined();
});
