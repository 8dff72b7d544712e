import { type CorpusChain, one, unreached } from "./chain-parts.ts";

/** Schemas that say nothing, or what nothing satisfies. */
export const SCHEMAS: readonly CorpusChain[] = [
  {
    name: "an input by a schema of a type that is none",
    chain: one({}, { input: { type: "strng" } }),
    expected: ["error invalid_schema $.input.type"],
  },
  {
    name: "an output by a schema that refers to nothing, where no run comes to it",
    chain: unreached({ handler: "raw_string", output: { properties: { a: { $ref: "#/$defs/a" } } } }),
    expected: ["warning invalid_schema $.tasks[1].output.properties.a.$ref", "warning unreachable_task $.tasks[1]"],
  },
  {
    name: "keywords of schemas that are misspelt, and words that are nobody's",
    chain: one(
      { handler: "raw_string", output: { type: "object", propertys: {}, "x-order": 1, label: "a" } },
      { input: { type: "object", requierd: ["a"], properties: { a: { desciption: "x", enumm: [1] } } } },
    ),
    expected: [
      "warning unknown_keyword $.input.requierd",
      "warning unknown_keyword $.input.properties.a.desciption",
      "warning unknown_keyword $.input.properties.a.enumm",
      "warning unknown_keyword $.tasks[0].output.propertys",
      "warning type_mismatch $.tasks[0]",
    ],
  },
  {
    name: "a reference without its sign, where no run comes to it",
    chain: unreached({ handler: "raw_string", output: { items: { ref: "#" } } }),
    expected: ["warning unknown_keyword $.tasks[1].output.items.ref", "warning unreachable_task $.tasks[1]"],
  },
  {
    name: "schemas that nothing satisfies",
    chain: one(
      {
        handler: "raw_string",
        output: { type: "object", properties: { a: {} }, required: ["b"], additionalProperties: false },
      },
      { input: { type: "string", minLength: 5, maxLength: 1 } },
    ),
    expected: ["warning impossible_schema $.input", "warning impossible_schema $.tasks[0].output"],
  },
  {
    name: "schemas of words that there are none of, and of texts that are long and short",
    chain: one({ handler: "raw_string", output: { anyOf: [{ enum: [] }, { minLength: 9, maxLength: 8 }] } }),
    expected: [
      "warning impossible_schema $.tasks[0].output.anyOf[0]",
      "warning impossible_schema $.tasks[0].output.anyOf[1]",
    ],
  },
];
