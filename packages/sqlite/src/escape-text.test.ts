import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeText, unescapeText } from "./escape-text.ts";

test("ordinary ids stay as they are, in every script", () => {
  for (const text of ["triage", "smollm2:135m", "a b/c", "日本語", "🧶", ""]) expect(escapeText(text)).toBe(text);
});

test("any string comes back as it was, out of a text that UTF-8 carries and that nothing ends too soon", () => {
  const fragments = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(fragments, (text) => {
      const escaped = escapeText(text);
      expect(unescapeText(escaped)).toBe(text);
      expect([escaped.isWellFormed(), escaped.includes("\0")]).toEqual([true, false]);
    }),
  );
});
