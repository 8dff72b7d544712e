import fc from "fast-check";
import { expect, test } from "vitest";
import { convertInput } from "../value/convert-input.ts";
import { toPlainJson } from "./to-plain-json.ts";

const refuse = (place: string, problem: string) => new Error(`${place} ${problem}`);
const convert = (value: unknown) => toPlainJson(value, refuse);

test("gives back every JSON value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(convert(value))).toBe(JSON.stringify(value));
    }),
  );
});

test("copies, so that a later change of the original is not seen", () => {
  const original = { a: [1] };
  const copy = convert(original);
  original.a.push(2);
  expect(copy).toEqual({ a: [1] });
});

test("treats undefined as JSON does", () => {
  expect(convert(undefined)).toBe(null);
  expect(convert({ a: undefined, b: [undefined] })).toEqual({ b: [null] });
});

test("obeys toJSON", () => {
  expect(convert({ at: new Date(0), url: new URL("http://a.test/") })).toEqual({
    at: "1970-01-01T00:00:00.000Z",
    url: "http://a.test/",
  });
});

test("takes objects without a prototype and shared ones", () => {
  const shared = { x: 1 };
  expect(convert(Object.assign(Object.create(null), { a: shared, b: shared }))).toEqual({ a: { x: 1 }, b: { x: 1 } });
});

test("keeps a member named __proto__ as a member", () => {
  const copy = convert(JSON.parse('{"__proto__":{"admin":true}}'));
  expect(Object.keys(copy ?? {})).toEqual(["__proto__"]);
  expect(copy).not.toHaveProperty("admin");
});

test("makes half characters whole", () => {
  expect(convert({ "\ud800": "a\udc00" })).toEqual({ "\ufffd": "a\ufffd" });
});

class Account {}
const circle: Record<string, unknown> = {};
circle.self = { circle };
const deep = JSON.parse("[".repeat(101) + "]".repeat(101));

test.each([
  ["NaN", { a: [Number.NaN] }, "$.a[0] is NaN"],
  ["infinity", Number.NEGATIVE_INFINITY, "$ is -Infinity"],
  ["a function", { f() {} }, "$.f is a function"],
  ["a symbol", Symbol("x"), "$ is a symbol"],
  ["a bigint", 1n, "$ is a bigint"],
  ["a map", new Map(), "$ is an instance of Map"],
  ["a promise", { p: Promise.resolve() }, "$.p is an instance of Promise"],
  ["an instance", new Account(), "$ is an instance of Account"],
  ["a circle", circle, "$.self.circle contains itself"],
  ["a very deep value", deep, "lies more than 100 levels deep"],
])("refuses %s and says where it is", (_what, value, message) => {
  expect(() => convert(value)).toThrow(message);
});

test("takes whatever may be the input of a task", () => {
  const deepest: unknown = JSON.parse("[".repeat(100) + "]".repeat(100));
  expect(convert(convertInput(deepest, "json").value)).toEqual(deepest);
});
