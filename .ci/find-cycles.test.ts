import { expect, test } from "vitest";
import { findCycles } from "./find-cycles.ts";

const imports = (edges: Record<string, string[]>, typeOnly = false) =>
  new Map(
    Object.entries(edges).map(([path, targets]) => [
      path,
      targets.map((specifier) => ({ specifier, typeOnly, line: 1 })),
    ]),
  );

test("finds a circle over folders, once", () => {
  const found = findCycles(imports({ "s/a.ts": ["./x/b.ts"], "s/x/b.ts": ["../c.ts"], "s/c.ts": ["./a.ts"] }));
  expect(found).toEqual([["s/a.ts", "s/x/b.ts", "s/c.ts"]]);
});

test("finds a file that imports itself", () => {
  expect(findCycles(imports({ "a.ts": ["./a.ts"] }))).toEqual([["a.ts"]]);
});

test("does not take a diamond for a circle", () => {
  expect(findCycles(imports({ "a.ts": ["./b.ts", "./c.ts"], "b.ts": ["./d.ts"], "c.ts": ["./d.ts"] }))).toEqual([]);
});

test("ignores imports of types", () => {
  expect(findCycles(imports({ "a.ts": ["./b.ts"], "b.ts": ["./a.ts"] }, true))).toEqual([]);
});
