import { type CorpusChain, hook, one, type SoundChain, text, to, two } from "./chain-parts.ts";

const person = {
  type: "object",
  properties: {
    name: { type: "string" },
    places: { type: "array", items: { type: "object", properties: { city: { type: "string" } } } },
  },
};
/** A task that is asked for a person, and one that reads it. */
const reads = (template: string, schema: object = person, chain: object = {}) =>
  two({ ...text, output: schema }, { prompt_template: template }, chain);
const ofHook = { ...hook, hook: { name: "h" } };

/** Properties behind values with a schema. */
export const PROPERTIES: readonly CorpusChain[] = [
  {
    name: "a task of the name of a variable of the caller's",
    chain: reads("{{.a.phone}}", person, { variables: { a: "json" } }),
    expected: ["warning shadowed_variable $.variables.a"],
  },
  {
    name: "a property that is misspelt",
    chain: reads("{{.a.name}} {{.a.nmae}}"),
    expected: ["warning unknown_property $.tasks[1].prompt_template"],
  },
  {
    name: "a property that nobody asked for",
    chain: reads("{{.a.phone}}"),
    expected: ["warning unknown_property $.tasks[1].prompt_template"],
  },
  {
    name: "properties in a list, in a with, by index and through a variable",
    chain: reads(
      '{{range .a.places}}{{.ctiy}}{{end}}{{with .a}}{{.nam}}{{end}}{{index .a "plcaes"}}{{$x := .a}}{{$x.naem}}{{$x.naem}}',
    ),
    expected: Array.from({ length: 4 }, () => "warning unknown_property $.tasks[1].prompt_template" as const),
  },
  {
    name: "a property of a text",
    chain: reads("{{.a.name.first}}"),
    expected: ["warning unknown_property $.tasks[1].prompt_template"],
  },
  {
    name: "a property that no alternative has",
    chain: reads("{{.a.c}}", {
      oneOf: [{ type: "null" }, ...["a", "b"].map((name) => ({ type: "object", properties: { [name]: {} } }))],
    }),
    expected: ["warning unknown_property $.tasks[1].prompt_template"],
  },
  {
    name: "a property behind a reference that leads back to the schema",
    chain: reads("{{.a.next.next.nxet}}", {
      $ref: "#/$defs/node",
      $defs: { node: { type: "object", properties: { next: { $ref: "#/$defs/node" } } } },
    }),
    expected: ["warning unknown_property $.tasks[1].prompt_template"],
  },
  {
    name: "a property of an answer that is closed, and one that is nearly another",
    chain: {
      id: "c",
      tasks: [
        { id: "a", ...ofHook, output: { ...person, additionalProperties: false }, transition: to("b") },
        { id: "b", ...ofHook, output: person, print: "{{.a.phone}} {{.b.naem}} {{.b.phone}}" },
      ],
    },
    expected: ["warning unknown_property $.tasks[1].print", "warning unknown_property $.tasks[1].print"],
  },
  {
    name: "a property of an answer in its own template",
    chain: one({ ...ofHook, output: person, output_template: "{{.name}} {{.nmae}} {{.places}}" }),
    expected: ["warning unknown_property $.tasks[0].output_template"],
  },
  {
    name: "a property of the input in an argument of a hook",
    chain: one({ ...hook, hook: { name: "h", args: { to: ["{{.input.nmae}}"] } } }, { input: person }),
    expected: ["warning unknown_property $.tasks[0].hook.args.to[0]"],
  },
  {
    name: "a schema of references that lead in a circle, which is one fault",
    chain: reads("{{.a.x}}", { $ref: "#/$defs/a", $defs: { a: { anyOf: [{ $ref: "#/$defs/a" }] } } }),
    expected: ["error invalid_schema $.tasks[0].output"],
  },
];

/** Properties that there are or may be. */
export const SOUND_PROPERTIES: readonly SoundChain[] = [
  {
    name: "properties that a schema has or may have",
    chain: reads(
      "{{.a.name}}{{.a.more.deep}}{{range .a.places}}{{.city}}{{end}}{{(index .a.places 0).city}}{{len .a.places}}{{.a}}",
      { ...person, additionalProperties: true },
    ),
  },
  {
    name: "properties of an answer and of an input that their schemas do not name",
    chain: two(
      { ...ofHook, output: person },
      { prompt_template: "{{.a.phone}} {{.input.phone}} {{.previous_output.x}} {{(.a | toJson)}}" },
      { input: person },
    ),
  },
  {
    name: "properties that an alternative has, or a part of which nothing is known",
    chain: reads("{{.a.b}} {{.a.c.d}} {{.a.e.f}}", {
      anyOf: [
        { type: "object", properties: { b: {} } },
        { type: "object", properties: { c: { enum: [{ d: 1 }] } } },
        { type: "object", properties: { e: { allOf: [person] } } },
      ],
    }),
  },
  {
    name: "properties of what was made of the output",
    chain: two(
      { ...text, output: person, compose: { with_var: "input", strategy: "override" } },
      { prompt_template: "{{.a.phone}} {{.a_composed.phone}}" },
      { input: "json" },
    ),
  },
];
