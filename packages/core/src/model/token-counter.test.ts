import fc from "fast-check";
import { expect, test } from "vitest";
import { estimatedTokens } from "./token-counter.ts";

const count = (text: string) => estimatedTokens.count(text, "any");

test("counts a token for every four characters of a word and one for each mark", () => {
  expect(count("")).toBe(0);
  expect(count("   \n\t")).toBe(0);
  expect(count("the cat")).toBe(2);
  expect(count("Hello, world!")).toBe(6);
  expect(count("internationalisation")).toBe(5);
});

test("counts each character of scripts that are written without spaces", () => {
  expect(count("你好世界")).toBe(4);
  expect(count("ありがとう")).toBe(5);
});

test("adds up: texts that are joined by a space have the tokens of both", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "7", " ", ".", "\n", "é", "好", "か", "ไ", "😀", "\u0301", "\ud800"),
  });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(count(`${a} ${b}`)).toBe(Number(count(a)) + Number(count(b)));
    }),
  );
});
