import { expect, test } from "vitest";
import { grammarOf } from "./grammar-of.ts";

const object = (properties: object) => ({ type: "object", properties, required: Object.keys(properties) });

test("words are the only ones that can be written", () => {
  const { grammar, unheld } = grammarOf({ type: "string", enum: ["urgent", 'a "b"'] });
  expect(unheld).toEqual([]);
  expect(grammar).toContain(String.raw`r0 ::= "\"urgent\"" | "\"a \\\"b\\\"\""`);
});

test("what no grammar can hold is named with its place", () => {
  const schema = object({ id: { type: "integer", multipleOf: 5 }, code: { type: "string", pattern: "^(?=A)[A-Z]+$" } });
  expect(grammarOf({ ...schema, not: { required: ["x"] } }).unheld).toEqual([
    "/: not",
    "/properties/id: multipleOf",
    "/properties/code: pattern",
  ]);
});

const named = (kind: string) => object({ kind: { const: kind } });

test.each([
  ["two choices", { allOf: [{ anyOf: [{ const: 1 }] }, { anyOf: [{ const: 2 }] }] }, ["/: anyOf"]],
  ["two constants", { allOf: [object({ a: { const: 1 } }), object({ a: { const: 2 } })] }, ["/: const"]],
  ["the same constant twice", { allOf: [object({ a: { const: 1 } }), object({ a: { const: 1 } })] }, []],
  [
    "fewer properties than there may be",
    { ...object({ a: {}, b: {} }), required: ["a"], maxProperties: 1 },
    ["/: maxProperties"],
  ],
  [
    "more properties than there have to be",
    { ...object({ a: {}, b: {} }), required: ["a"], minProperties: 2 },
    ["/: minProperties"],
  ],
  ["as many properties as there are", { ...object({ a: {}, b: {} }), minProperties: 2, maxProperties: 2 }, []],
  ["more items than can be counted", { type: "array", minItems: 1_000_000 }, ["/: minItems"]],
  ["one of two that a value may both be", { oneOf: [{ type: "integer" }, { type: "number" }] }, ["/: oneOf"]],
  ["one of two types", { oneOf: [{ type: "integer" }, { type: ["null", "string"] }] }, []],
  ["one of two that a word tells apart", { oneOf: [named("a"), { $ref: "#/$defs/b" }], $defs: { b: named("b") } }, []],
  ["one of two words", { oneOf: [{ const: "a" }, { enum: ["b", 3] }] }, []],
  [
    "one of two that speak of themselves",
    { type: "object", properties: { n: { oneOf: [{ $ref: "#" }, { $ref: "#" }] } }, required: ["n"] },
    ["/properties/n/oneOf/0/properties/n: oneOf", "/properties/n: oneOf"],
  ],
  ["one of two shapes", { oneOf: [object({ a: {} }), object({ b: {} })] }, ["/: oneOf"]],
])("of %s what cannot be held is told", (_, schema, unheld) => {
  expect(grammarOf(schema).unheld).toEqual(unheld);
});

test("a range that only larger numbers than are written have is told", () => {
  expect(grammarOf({ type: "integer", minimum: 1e15 }).unheld).toEqual(["/: minimum, maximum"]);
});

test("annotations are not complained of", () => {
  const note = { type: "string", title: "A note", description: "of the customer", examples: ["a"] };
  expect(grammarOf(object({ note })).unheld).toEqual([]);
});

test.each([
  ["a format that it can spell", { format: "email" }, []],
  ["one that it cannot", { format: "hostname" }, ["format"]],
  ["one that a pattern says more exactly", { format: "uuid", pattern: "^[0-9a-f-]{36}$" }, []],
  ["one that a pattern says, and that it does not know", { format: "cuid2", pattern: "^[0-9a-z]+$" }, []],
  ["one beside a pattern of a piece", { format: "date", pattern: "^20" }, ["pattern"]],
  ["one beside a pattern that it cannot hold", { format: "date", pattern: "^(?!2)" }, ["pattern"]],
  ["a pattern whose texts are never longer", { pattern: "^[A-Z]{2,3}$", minLength: 1, maxLength: 3 }, []],
  ["a pattern and a length", { pattern: "^[a-z]+@[a-z]+$", maxLength: 40 }, []],
  ["a pattern and a length that are too much together", { pattern: "^[a-z]+$", maxLength: 5000 }, ["maxLength"]],
  ["two patterns", { allOf: [{ pattern: "^a" }, { pattern: "b$" }] }, ["pattern"]],
  ["the same pattern twice", { allOf: [{ pattern: "^a" }, { pattern: "^a" }] }, []],
])("of %s what cannot be held is told", (_, text, keywords) => {
  const { unheld } = grammarOf(object({ text: { type: "string", ...text } }));
  expect(unheld).toEqual(keywords.map((keyword) => `/properties/text: ${keyword}`));
});

test.each([
  ["nothing at all", false, /the schema allows nothing/],
  ["an enum without words", object({ a: { enum: [] } }), /at \/properties\/a allows none of the values/],
  ["words of another type", object({ a: { type: "number", enum: ["x"] } }), /allows none of the values/],
  ["a type that there is not", object({ a: { type: "text" } }), /has the type "text"/],
  ["no choice", { anyOf: [] }, /offers no choice/],
  ["types that exclude each other", { allOf: [{ type: "string" }, { type: "number" }] }, /values of no type/],
  ["choices that all allow nothing", { type: "null", anyOf: [{ type: "string" }, false] }, /values of no type/],
  ["a choice of itself alone", { anyOf: [{ $ref: "#" }] }, /leads back to itself/],
  ["what is all of itself", { allOf: [{ $ref: "#" }] }, /leads back to itself for ever/],
  ["one choice that is broken", { anyOf: [{ $ref: "#/$defs/a" }, { type: "string" }] }, /which is not there/],
  ["an empty range", { type: "integer", minimum: 3, maximum: 2 }, /nothing lies between 3 and 2/],
  ["a range of one that is left out", { type: "number", minimum: 1, exclusiveMaximum: 1 }, /allows no number/],
  ["an empty length", { type: "string", minLength: 3, maxLength: 2 }, /allows no string/],
  [
    "a length that no text of the pattern has",
    { pattern: "^(ab)*$", minLength: 3, maxLength: 3 },
    /none that its pattern/,
  ],
  ["an empty length beside a pattern", { pattern: "a", minLength: 3, maxLength: 2 }, /allows no string/],
  ["an empty count", { type: "array", minItems: 3, maxItems: 2 }, /allows no array/],
  [
    "a reference that leads nowhere",
    object({ a: { $ref: "#/$defs/a" } }),
    /refers to #\/\$defs\/a, which is not there/,
  ],
  ["a reference to an anchor", { $ref: "#word", $defs: { w: { $anchor: "word" } } }, /only references inside it/],
  ["a tuple that may have no more", { prefixItems: [{}], items: false, minItems: 2 }, /allows nothing/],
  ["a reference elsewhere", { $ref: "https://example.com/a.json" }, /only references inside it can be followed/],
])("%s is refused", (_, schema, message) => {
  expect(() => grammarOf(schema)).toThrow(message);
});

test("a choice that leads back to itself is left out: llama.cpp takes no rule that begins with itself", () => {
  const { grammar, unheld } = grammarOf({ anyOf: [{ $ref: "#" }, { const: "x" }], title: "a word" });
  expect(grammar).toMatch(/^root ::= r(\d+)\n(?:r\d+ ::= (?!r\1\b).*\n)*ws ::= /);
  expect(unheld).toEqual([]);
});

test("a schema that speaks of itself has a grammar that does", () => {
  const tree = { type: "object", properties: { next: { $ref: "#" } } };
  expect(grammarOf(tree).grammar).toMatch(/^root ::= r\d+$/m);
});

test.each([
  ["a label", object({ answer: { enum: ["urgent", "normal"] } }), '{"answer": "'],
  ["a number", object({ answer: { type: "integer" } }), '{"answer":'],
  ["a constant, then a text", object({ kind: { const: "a" }, text: { type: "string" } }), '{"kind": "a", "text":'],
  ["constants alone", object({ kind: { const: "a" }, version: { const: 2 } }), '{"kind": "a", "version": 2'],
  [
    "one that may be left out after a constant",
    { ...object({ kind: { const: "a" }, b: {} }), required: ["kind"] },
    '{"kind": "a"',
  ],
  ["what may be left out first", { ...object({ a: {} }), required: [] }, ""],
  ["an object of anything", { type: "object" }, ""],
  ["a choice", { anyOf: [object({ a: {} }), object({ b: {} })] }, ""],
  ["an object with a condition", { ...object({ a: {} }), dependentRequired: {} }, ""],
  ["a word", { enum: ["a"] }, ""],
])("every answer to %s begins the same as far as it can", (_, schema, start) => {
  expect(grammarOf(schema).start).toBe(start);
});
