import fc from "fast-check";
import { expect, test } from "vitest";
import { readKeyValues } from "./read-key-values.ts";

const table: readonly (readonly [text: string, object: unknown])[] = [
  ["", {}],
  ["name=Ann, age=30", { name: "Ann", age: 30 }],
  ["name: Ann\nage: 30", { name: "Ann", age: 30 }],
  ["name=Ann; note=a, b; ok=true", { name: "Ann", note: "a, b", ok: true }],
  ["name=Ann;", { name: "Ann" }],
  ["a=1,b=2,", { a: 1, b: 2 }],
  ["a=1\n\nb=2\n", { a: 1, b: 2 }],
  ["Sure\nname=Ann\nage=30", { name: "Ann", age: 30 }],
  ["```\nname=Ann\nage=30\n```", { name: "Ann", age: 30 }],
  ["```ini\nname=Ann\n```", { name: "Ann" }],
  ['name="Smith, Ann", age=30', { name: "Smith, Ann", age: 30 }],
  ["name='a;b'; c=1", { name: "a;b", c: 1 }],
  ["note=it's fine, b=2", { note: "it's fine", b: 2 }],
  ["url=http://x.test/?a=b", { url: "http://x.test/?a=b" }],
  ["time: 12:30", { time: "12:30" }],
  ["ok=true, off=false, up=True", { ok: true, off: false, up: "True" }],
  ["a=1_000, b=-2.5, c=1e3, d=.5, e=5., f=+3", { a: 1000, b: -2.5, c: 1000, d: 0.5, e: 5, f: 3 }],
  ["a=0x10, b=1.2.3, c=NaN, d=1e999", { a: "0x10", b: "1.2.3", c: "NaN", d: "1e999" }],
  ["a=-0", { a: 0 }],
  ["a=", { a: "" }],
  ["a=1, a=2", { a: 2 }],
  ['{"name":"Ann","tags":[1,{"x":null}]}', { name: "Ann", tags: [1, { x: null }] }],
  ['```json\n{"a":1}\n```', { a: 1 }],
];

test.each(table)("%j", (text, object) => {
  expect(readKeyValues(text)).toEqual({ object });
});

test.each([
  ["hello", '"hello" has neither = nor : between a key and a value'],
  ["a=1, hello", '"hello" has neither = nor : between a key and a value'],
  ["a=1; hello", '"hello" has neither = nor : between a key and a value'],
  ["one\ntwo", '"one" has neither = nor : between a key and a value'],
])("%j is no list of pairs", (text, problem) => {
  expect(readKeyValues(text)).toEqual({ problem });
});

test("a key may have any name without harm", () => {
  const read = readKeyValues("__proto__=1, constructor=2");
  expect("object" in read && Object.getOwnPropertyNames(read.object)).toEqual(["__proto__", "constructor"]);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test("pairs that are written down are read back, with every separator", () => {
  const value = fc.oneof(fc.integer(), fc.boolean(), fc.stringMatching(/^[a-zA-Z][a-zA-Z .]{0,8}[a-zA-Z]$/));
  const object = fc.dictionary(fc.stringMatching(/^[a-z][a-z_]{0,6}$/), value, {
    minKeys: 1,
    maxKeys: 6,
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(object, fc.constantFrom(", ", "; ", "\n"), fc.constantFrom("=", ": ", " = "), (pairs, between, is) => {
      const text = Object.entries(pairs)
        .map(([key, one]) => `${key}${is}${one}`)
        .join(between);
      fc.pre(!Object.values(pairs).some((one) => one === "true" || one === "false"));
      expect(readKeyValues(text)).toEqual({ object: pairs });
    }),
  );
});

test("no text makes it throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."a=:;,\n\"'`{}0_ ") }), (text) => {
      expect(readKeyValues(text)).toBeTypeOf("object");
    }),
  );
});
