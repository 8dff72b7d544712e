import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { isThenable } from "./is-thenable.ts";

test("recognises promises of every realm, and what only behaves like one", () => {
  expect(isThenable(Promise.resolve())).toBe(true);
  expect(isThenable(runInNewContext("Promise.resolve()"))).toBe(true);
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested.
  expect(isThenable({ then: () => {} })).toBe(true);
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested.
  expect(isThenable(Object.assign(() => {}, { then: () => {} }))).toBe(true);
});

// biome-ignore lint/suspicious/noThenProperty: what only looks like a thenable is what is tested.
test.each([undefined, null, 5, "then", {}, { then: true }])("%j cannot be waited for", (value) => {
  expect(isThenable(value)).toBe(false);
});
