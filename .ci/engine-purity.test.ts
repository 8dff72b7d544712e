import { expect, test } from "vitest";
import { checkEnginePurity } from "./engine-purity.ts";

const check = (text: string, path = "packages/core/src/engine/transition.ts") =>
  checkEnginePurity({ path, text }).map(({ message }) => message);

test.each([
  ["a clock", "export const now = () => Date.now();"],
  ["a date", "export const now = () => new Date();"],
  ["randomness", "export const draw = () => Math.random();"],
  ["a timer", "setTimeout(() => {}, 1);"],
  ["waiting", "export async function go() {}"],
  ["a promise", "export const later = Promise.resolve(1);"],
])("refuses %s", (_what, text) => {
  expect(check(text)).toHaveLength(1);
});

test("allows dates that are given", () => {
  expect(check("export const read = (text: string) => new Date(text).getTime() + Date.parse(text);")).toEqual([]);
});

test("allows arithmetic, types and words in comments", () => {
  expect(check("// Date.now()\nexport const add = (a: number, b?: Date) => Math.max(a, 1);")).toEqual([]);
});

test("looks at the engine only", () => {
  expect(check("Date.now();", "packages/core/src/run/drive.ts")).toEqual([]);
});
