import fc from "fast-check";
import { expect, test } from "vitest";
import { trimReply } from "../value/trim-reply.ts";
import { TextTrimmer } from "./trim-text.ts";

const pass = (pieces: readonly string[]) => {
  const trimmer = new TextTrimmer();
  return pieces.map((piece) => trimmer.push(piece));
};

test("holds white space back until there is something behind it", () => {
  expect(pass(["  \n", " Hel", "lo", " ", " you ", "\n", "there \n"])).toEqual([
    "",
    "Hel",
    "lo",
    "",
    "  you",
    "",
    " \nthere",
  ]);
});

test("gives nothing where there is nothing but white space", () => {
  expect(pass([" ", "\n\t", ""])).toEqual(["", "", ""]);
});

test("the pieces joined are the trimmed whole, however it is cut", () => {
  const piece = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "\u00a0", "\ufeff", "\u0085", "é", "😀") });
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      expect(pass(pieces).join("")).toBe(trimReply(pieces.join("")));
    }),
  );
});
