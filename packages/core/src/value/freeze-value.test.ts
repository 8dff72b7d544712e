import { expect, test } from "vitest";
import { deepFreeze } from "../../tests/deep-freeze.ts";
import { copyJson } from "./copy-json.ts";
import { freezeValue } from "./freeze-value.ts";
import type { Json } from "./json.ts";

test("freezes a value and everything in it, in place", () => {
  const value = { list: [{ deep: [1] }], text: "x" };
  const typed = freezeValue({ type: "json", value });
  expect(typed.value).toBe(value);
  for (const part of [typed, value, value.list, value.list[0], value.list[0]?.deep])
    expect(Object.isFrozen(part)).toBe(true);
});

test("freezes what is nested deeper than any stack", () => {
  let value: Json = [];
  for (let depth = 0; depth < 100_000; depth++) value = [value];
  expect(Object.isFrozen(freezeValue({ type: "json", value }).value)).toBe(true);
});

test("a copy shares nothing that can be changed", () => {
  const value = deepFreeze(JSON.parse('{"a": [1, {"b": null}], "__proto__": {"c": "d"}}'));
  const copy = copyJson(value);
  expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
  for (const part of [copy, Reflect.get(Object(copy), "a"), Reflect.get(Object(copy), "a")[1]])
    expect(Object.isFrozen(part)).toBe(false);
  expect(Object.hasOwn(Object(copy), "__proto__")).toBe(true);
});

test.each(["text", 5, true, null])("%j is its own copy", (value) => {
  expect(copyJson(value)).toBe(value);
});
