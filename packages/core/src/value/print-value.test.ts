import { expect, it } from "vitest";
import type { Json } from "./json.ts";
import { printValue } from "./print-value.ts";

const cases: [Json | undefined, string][] = [
  ["text <b>", "text <b>"],
  [1e6, "1000000"],
  [2.5, "2.5"],
  [1e21, "1e+21"],
  [true, "true"],
  [null, "<no value>"],
  [undefined, "<no value>"],
  [["a", null, 1], '["a",null,1]'],
  [{ b: 1, a: { c: "x" } }, '{"b":1,"a":{"c":"x"}}'],
];

it.each(cases)("prints %j as %s", (value, text) => {
  expect(printValue(value)).toBe(text);
});
