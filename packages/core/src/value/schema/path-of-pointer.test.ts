import { expect, test } from "vitest";
import { pathOfPointer } from "./path-of-pointer.ts";

test("reads pointers as paths, with lists where the value has them", () => {
  expect(pathOfPointer("")).toBe("$");
  expect(pathOfPointer("/a/0/b", { a: [{ b: 1 }] })).toBe("$.a[0].b");
  expect(pathOfPointer("/a/0", { a: { "0": 1 } })).toBe('$.a["0"]');
  expect(pathOfPointer("/a~1b/~0/x%20y", {})).toBe('$["a/b"]["~"]["x y"]');
  expect(pathOfPointer("/allOf/1")).toBe("$.allOf[1]");
});
