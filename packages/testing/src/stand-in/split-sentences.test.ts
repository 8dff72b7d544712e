import fc from "fast-check";
import { expect, test } from "vitest";
import { splitSentences } from "./split-sentences.ts";

test.each([
  ["It cost 49.90 EUR. I paid.", ["It cost 49.90 EUR.", "I paid."]],
  ["Answer yes or no. Order no. 7 came.", ["Answer yes or no.", "Order no. 7 came."]],
  ["Dr. Who, e.g. J. Doe, wrote to a.b@c.de. Why?! OK", ["Dr. Who, e.g. J. Doe, wrote to a.b@c.de.", "Why?!", "OK"]],
  ["He said “no.” Then he left…\nEnd", ["He said “no.”", "Then he left…", "End"]],
  ["", []],
])("%j has the sentences %j", (text, sentences) => {
  expect(splitSentences(text)).toEqual(sentences);
});

test("nothing but white space is lost", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "B", ".", "!", " ", "\n", "1", "”") }), (text) => {
      expect(splitSentences(text).join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
    }),
  );
});
