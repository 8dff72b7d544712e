import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { repairJson } from "./repair-json.ts";

const REPLIES: readonly (readonly [string, unknown])[] = [
  ['{"a": 1}', { a: 1 }],
  ['```json\n{"a": 1}\n```', { a: 1 }],
  ['Sure! Here it is:\n\n```\n{"a": "`x`"}\n```\nAnything else {or} not?', { a: "`x`" }],
  ['The answer is {"a": [1, {"b": "}"}]} as you asked.', { a: [1, { b: "}" }] }],
  ["{'a': 'x', b: [1,2,], // two\n}", { a: "x", b: [1, 2] }],
  ['{"a": [1, 2', { a: [1, 2] }],
  ['{"a": {"b": "x"', { a: { b: "x" } }],
  ['{"a": True, "b": None}', { a: true, b: null }],
  ["It's [1, 2] and not {}.", [1, 2]],
  ["urgent", "urgent"],
  ["null", null],
  ["  7\n", 7],
];

describe("repairJson", () => {
  test.each(REPLIES)("reads %j", async (reply, value) => {
    expect(await repairJson(reply)).toEqual(value);
  });

  test.each([
    ["Hello, world: it's {fine}", "Hello, world: it's {fine}"],
    ["'high'", "high"],
    ["high", "high"],
    ["True", true],
    ["```\n7\n```", 7],
    ['"quoted text"', "quoted text"],
  ])("takes %j for %j where no object or list is wanted", async (reply, value) => {
    expect(await repairJson(reply, "other")).toEqual(value);
  });

  test("finds nothing in an empty reply", async () => {
    expect([await repairJson(""), await repairJson(" \n")]).toEqual([undefined, undefined]);
  });

  test("reads any JSON as it is, in a fence and in prose too", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 3 }), async (text) => {
        const value: unknown = JSON.parse(text);
        expect(await repairJson(text)).toEqual(value);
        if (typeof value === "object" && value !== null) {
          expect(await repairJson(`The value: ${JSON.stringify(value, null, 2)}\nThat is all.`)).toEqual(value);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("never throws, whatever a model writes", async () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      ":",
      ",",
      "a",
      "1",
      "\\",
      "`",
      "```",
      "\n",
      "//",
      "/*",
      "n't",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
        await expect(repairJson(pieces.join(""))).resolves.not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
