import { expect, test } from "vitest";
import { readImports } from "./read-imports.ts";

const read = (text: string) => readImports({ path: "a.ts", text });

test("tells imports that stay at run time from those that are erased", () => {
  expect(read('import type { A } from "a";\nimport { type B, b } from "b";\nimport "c";')).toEqual([
    { specifier: "a", typeOnly: true, line: 1 },
    { specifier: "b", typeOnly: false, line: 2 },
    { specifier: "c", typeOnly: false, line: 3 },
  ]);
});

test("sees re-exports, dynamic imports and imports in types", () => {
  const text = 'export * from "a";\nexport type { B } from "b";\nconst c: import("c").C = await import("d");';
  expect(read(text)).toEqual([
    { specifier: "a", typeOnly: false, line: 1 },
    { specifier: "b", typeOnly: true, line: 2 },
    { specifier: "c", typeOnly: true, line: 3 },
    { specifier: "d", typeOnly: false, line: 3 },
  ]);
});

test("is not deceived by text in strings and comments", () => {
  expect(read(`const a = 'import "b"'; // import "c"`)).toEqual([]);
});

test("refuses what is no TypeScript", () => {
  expect(() => read("import {")).toThrow("a.ts cannot be parsed");
});
