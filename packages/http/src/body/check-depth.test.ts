import fc from "fast-check";
import { expect, test } from "vitest";
import { isWithinDepth } from "./check-depth.ts";

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test("a text is within its own depth, and not within less, whatever its strings hold", () => {
  const texts = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom('"[', "\\", "]}", '\\"{'), fc.jsonValue()));
  fc.assert(
    fc.property(texts, (value) => {
      const text = JSON.stringify(value);
      const depth = depthOf(value);
      expect(isWithinDepth(text, depth)).toBe(true);
      if (depth > 0) expect(isWithinDepth(text, depth - 1)).toBe(false);
    }),
  );
});
