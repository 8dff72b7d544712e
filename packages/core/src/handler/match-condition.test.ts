import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchCondition } from "./match-condition.ts";

const words = ["yes", "no", "needs review"];

test.each([
  "yes",
  " yes\n",
  "YES",
  "Yes.",
  '"yes"',
  "'yes'",
  "`yes`",
  "*yes*",
  "**Yes**",
  "__yes__",
  "“yes”",
  "«yes»",
  '"yes".',
  '"Yes."',
  "**yes.**",
  "```yes```",
  "```\nyes\n```",
  "```text\nyes\n```",
  '```json\n"yes"\n```',
])("%j names yes", (reply) => {
  expect(matchCondition(reply, words)).toBe("yes");
});

test.each(["", " ", "yes, of course", "yes no", "The answer is yes", "ye", "yes!", "yes?", "-yes", "maybe", "yes\nno"])(
  "%j names none",
  (reply) => {
    expect(matchCondition(reply, words)).toBeUndefined();
  },
);

test("a condition may have several words", () => {
  expect(matchCondition('"Needs Review."', words)).toBe("needs review");
  expect(matchCondition("needs", words)).toBeUndefined();
});

describe("conditions that differ by case only", () => {
  test("are told apart where the reply is exact", () => {
    expect(matchCondition("A", ["a", "A"])).toBe("A");
    expect(matchCondition('"a"', ["a", "A"])).toBe("a");
  });

  test("are not guessed where it is not", () => {
    expect(matchCondition("Ab", ["ab", "AB"])).toBeUndefined();
  });
});

test("a condition that has marks itself is found as it is, before anything is taken off", () => {
  expect(matchCondition("a.", ["a", "a."])).toBe("a.");
  expect(matchCondition("*", ["*", "**"])).toBe("*");
  expect(matchCondition('"a"', ['"a"', "a"])).toBe('"a"');
});

test("nothing is named where there are no conditions", () => {
  expect(matchCondition("yes", [])).toBeUndefined();
});

test("a reply that is far longer than every condition names none, however it is wrapped", () => {
  expect(matchCondition(`${'"'.repeat(5_000)}yes${'"'.repeat(5_000)}`, words)).toBeUndefined();
  expect(matchCondition(`\`\`\`${"a".repeat(100_000)}`, words)).toBeUndefined();
});

test("every condition names itself, however it is wrapped", () => {
  const wraps = ['"', "'", "`", "*", "**", "_", ""].map((mark) => (word: string) => `${mark}${word}${mark}`);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(...wraps),
      fc.constantFrom("", ".", "\n"),
      (conditions, wrap, end) => {
        for (const condition of conditions) {
          expect(matchCondition(wrap(condition) + end, conditions)).toBe(condition);
          expect(matchCondition(wrap(condition.toUpperCase()) + end, conditions)).toBe(condition);
        }
      },
    ),
  );
});
