import { describe, expect, test } from "vitest";
import { z } from "zod";
import { foldKeys } from "./fold-keys.ts";

const child = z.object({ partId: z.string() });

describe("names are folded", () => {
  test.each([
    ["in arrays", z.array(child), [{ PARTID: "a" }], [{ partId: "a" }]],
    [
      "in records, whose own names stay",
      z.record(z.string(), child),
      { Kept: { partid: "a" } },
      { Kept: { partId: "a" } },
    ],
    [
      "in what may be left out",
      z.object({ part: child.optional() }),
      { Part: { PartId: "a" } },
      { part: { partId: "a" } },
    ],
    [
      "in what has a default",
      z.object({ part: child.default({ partId: "" }) }),
      { PART: { PARTID: "a" } },
      { part: { partId: "a" } },
    ],
    ["in each of several", z.union([z.string(), child]), { PARTID: "a" }, { partId: "a" }],
    ["before what is made of them", child.transform(({ partId }) => partId), { PARTID: "a" }, { partId: "a" }],
    ["and nothing else", z.looseObject({ a: z.any() }), { A: { B: 1 }, C: 2 }, { a: { B: 1 }, C: 2 }],
  ])("%s", (_name, schema, given, folded) => {
    expect(foldKeys(schema, given)).toEqual(folded);
  });

  test("in schemas that contain themselves", () => {
    interface Tree {
      readonly leftPart?: Tree | undefined;
    }
    const tree: z.ZodType<Tree> = z.object({ leftPart: z.lazy(() => tree).optional() });
    expect(foldKeys(tree, { LEFTPART: { LeftPart: {} } })).toEqual({ leftPart: { leftPart: {} } });
  });
});

test("of two spellings the later one wins, as in the original", () => {
  expect(foldKeys(child, { partId: "a", PARTID: "b" })).toEqual({ partId: "b" });
  expect(foldKeys(child, { PARTID: "b", partId: "a" })).toEqual({ partId: "a" });
});

test("a null is left out where none is expected, and kept where one is", () => {
  const schema = z.object({ a: z.string().default("x"), b: z.string().nullable(), c: z.any() });
  expect(foldKeys(schema, { A: null, B: null, C: null })).toEqual({ b: null, c: null });
});

test("what is no object stays what it is", () => {
  for (const odd of [null, 1, "x", [], true]) expect(foldKeys(child, odd)).toBe(odd);
});

test("__proto__ is a name like any other", () => {
  const folded = foldKeys(child, JSON.parse('{"__proto__":{"a":1}}'));
  expect(Object.keys(folded as object)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(folded)).toBe(Object.prototype);
});

test("what is spelled as it should be is given back as it is, and nothing of the rest is changed in its place", () => {
  const schema = z.object({
    a: z.array(z.object({ b: z.string() })),
    r: z.record(z.string(), z.object({ c: z.int() })),
  });
  const right = { a: [{ b: "x" }], r: { X: { c: 1 } }, other: null };
  expect(foldKeys(schema, right)).toBe(right);
  const wrong = { A: [{ b: "x" }, { B: "y" }], r: { X: { C: 1 } } };
  expect(foldKeys(schema, wrong)).toEqual({ a: [{ b: "x" }, { b: "y" }], r: { X: { c: 1 } } });
  expect(wrong).toEqual({ A: [{ b: "x" }, { B: "y" }], r: { X: { C: 1 } } });
});
