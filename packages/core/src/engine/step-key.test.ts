import fc from "fast-check";
import { expect, test } from "vitest";
import { stepKey } from "./step-key.ts";

test("a key is the task's id and its visit, after the path of a thread that is not the first", () => {
  expect(stepKey("", "draft", 1)).toBe("draft#1");
  expect(stepKey("fan[2]", "draft", 3)).toBe("fan[2]/draft#3");
});

test("characters that separate the parts of a key are escaped in ids", () => {
  expect(stepKey("", "a/b", 1)).toBe("a%2Fb#1");
  expect(stepKey("", "a#1", 1)).toBe("a%231#1");
  expect(stepKey("", "a%231", 1)).toBe("a%25231#1");
  expect(stepKey("", "x[0]", 1)).toBe("x%5B0%5D#1");
});

test("an id of any language stays readable", () => {
  expect(stepKey("", "größe 量 🚀", 1)).toBe("größe 量 🚀#1");
});

test("an id with half a surrogate pair has a key too", () => {
  expect(stepKey("", "\ud800#", 1)).toBe("\ud800%23#1");
});

const piece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.string({ unit: fc.constantFrom("a", "#", "/", "%", "[", "]", "2", "3", "F"), maxLength: 6 }),
);
const visit = fc.integer({ min: 1, max: 30 });
const step = fc.tuple(fc.array(fc.tuple(piece, visit), { maxLength: 2 }), piece, visit);

test("two steps have the same key only where they are the same step", () => {
  const keyOf = ([above, id, count]: readonly [readonly (readonly [string, number])[], string, number]): string => {
    // The path of a thread is the key of the step that began it, as keys are built.
    const path = above.reduce((outer, [name, place]) => stepKey(outer, name, place), "");
    return stepKey(path, id, count);
  };
  fc.assert(
    fc.property(step, step, (one, other) => {
      expect(keyOf(one) === keyOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
    { numRuns: 1000 },
  );
});
