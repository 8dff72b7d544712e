import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { isPlain } from "./is-plain.ts";

test("an object that is only data is plain, also one of another realm and one that inherits nothing", () => {
  for (const value of [{}, { a: 1 }, Object.create(null), runInNewContext("({ a: 1 })")])
    expect(isPlain(value)).toBe(true);
});

test("an instance is not, and neither is what inherits from another object", () => {
  for (const value of [new Date(0), new Map(), [], Object.create({ a: 1 }), () => {}])
    expect(isPlain(value)).toBe(false);
});
