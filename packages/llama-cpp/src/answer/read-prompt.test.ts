import fc from "fast-check";
import { expect, test } from "vitest";
import { nextSize } from "./read-prompt.ts";

test("a piece that took too long makes the next one smaller, a quick one makes it at most twice as large", () => {
  expect(nextSize(256, 140)).toBe(128);
  expect(nextSize(64, 1)).toBe(128);
  expect(nextSize(128, 70)).toBe(128);
});

test("on a slow machine pieces stay as large as llama.cpp needs them, instead of sinking to its slowest size", () => {
  expect(nextSize(64, 150)).toBe(64);
});

test("a piece is never smaller than 64 tokens nor larger than 512", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 512 }), fc.double({ min: 0, max: 60_000, noNaN: true }), (tokens, tookMs) => {
      const size = nextSize(tokens, tookMs);
      expect(Number.isInteger(size)).toBe(true);
      expect(size).toBeGreaterThanOrEqual(64);
      expect(size).toBeLessThanOrEqual(512);
    }),
  );
});
