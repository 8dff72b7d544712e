import fc from "fast-check";
import { expect, test } from "vitest";
import { excessOf } from "./check-shape.ts";

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

/** What is empty counts as if it had one value: to tell it apart would take another look at every sign. */
function valuesOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  const inner = Object.values(value);
  return 1 + (inner.length === 0 ? 1 : inner.reduce<number>((sum, one) => sum + valuesOf(one), 0));
}

const texts = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom('"[', "\\", "]}", '\\"{', ",,"), fc.jsonValue()));

test("a text is within its own depth and number of values, and not within less, whatever its strings hold", () => {
  fc.assert(
    fc.property(texts, (value) => {
      const text = JSON.stringify(value);
      const [depth, values] = [depthOf(value), valuesOf(value)];
      expect(excessOf(text, { depth, values })).toBeUndefined();
      if (depth > 0) expect(excessOf(text, { depth: depth - 1, values })).toBe("depth");
      if (values > 1) expect(excessOf(text, { depth, values: values - 1 })).toBe("values");
    }),
  );
});
