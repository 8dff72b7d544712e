import { expect, test } from "vitest";
import { readAnswer } from "./read-answer.ts";

test.each([
  '{"text":"hello"}',
  '{"constructor":"a word","__proto":1}',
  '{"text":"say __proto__ or \\"constructor\\": both are words"}',
  '["\\u0063onstructor"]',
])("%s is read as it is", (text) => {
  expect(readAnswer(text)).toEqual(JSON.parse(text));
});

test.each([
  '{"a":{"__proto__":{"isAdmin":true}}}',
  '[{"\\u005f_proto__":{}}]',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '{"\\u0063onstructor":{"prototype":{}}}',
])("%s has what would become a prototype, and is no answer", (text) => {
  expect(() => readAnswer(text)).toThrow(SyntaxError);
});

test("what is no JSON is no answer", () => {
  expect(() => readAnswer("<html>")).toThrow(SyntaxError);
});
