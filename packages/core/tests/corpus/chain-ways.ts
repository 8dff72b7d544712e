import { type CorpusChain, hook, noop, one, to, unreached } from "./chain-parts.ts";

const when = (word: string, goto: string) => ({ operator: "equals", when: word, goto });
const other = { operator: "default", goto: "end" };
const branches = (task: object, ...ways: readonly object[]) => one({ ...task, transition: { branches: ways } });
const place = (index: number, field = "") => `$.tasks[0].transition.branches[${index}]${field}` as const;
const key = { handler: "condition_key", valid_conditions: { yes: true, no: false } };
const text = { handler: "raw_string" };
/** A first task, and a second one that it leads to. */
const two = (first: object, second: object, chain: object = {}) => ({
  id: "c",
  tasks: [
    { id: "a", ...noop, transition: to("b"), ...first },
    { id: "b", ...noop, ...second },
  ],
  ...chain,
});

/** Branches that no run takes. */
export const BRANCHES: readonly CorpusChain[] = [
  {
    name: "a word that is no condition",
    chain: branches(key, when("maybe", "end"), other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a condition in another case",
    chain: branches(key, when("Yes", "end"), other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a condition compared as a number",
    chain: branches(key, { operator: ">", when: "0", goto: "end" }, other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "the output of a noop, which only reports that it is one",
    chain: branches(noop, when("yes", "end"), { operator: "in_range", when: "1-10", goto: "end" }, other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`, `warning impossible_outcome ${place(1, ".when")}`],
  },
  {
    name: "an answer of a hook, which only reports that it answered",
    chain: branches({ ...hook, hook: { name: "h" } }, { operator: "contains", when: "paid", goto: "end" }, other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a condition that is text, and a branch on it, which is one fault",
    chain: branches({ ...key, valid_conditions: { yes: true, no: "false" } }, when("yes", "end"), when("no", "end")),
    expected: ["error wrong_type $.tasks[0].valid_conditions.no"],
  },
  {
    name: "a range from high to low where no number is reported, which is one fault",
    chain: branches(noop, { operator: "in_range", when: "10-1", goto: "end" }, other),
    expected: [`warning invalid_number ${place(0, ".when")}`],
  },
  {
    name: "a branch of a task that never succeeds",
    chain: branches({ handler: "raise_error" }, when("x", "end"), other),
    expected: [`warning unreachable_branch ${place(0)}`, `warning unreachable_branch ${place(1)}`],
  },
  {
    name: "a word where a number is reported",
    chain: branches({ handler: "parse_number" }, when("seven", "end"), when("7.0", "end"), other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`, `warning impossible_outcome ${place(1, ".when")}`],
  },
  {
    name: "a word where a score is reported",
    chain: branches(
      { handler: "parse_score" },
      when("high", "end"),
      { operator: "contains", when: "%", goto: "end" },
      other,
    ),
    expected: [`warning impossible_outcome ${place(0, ".when")}`, `warning impossible_outcome ${place(1, ".when")}`],
  },
  {
    name: "a reply with blanks, which are trimmed",
    chain: branches(text, when("yes ", "end"), other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a command with what follows it",
    chain: branches({ handler: "parse_transition" }, when("help me", "end"), other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a command with its slash",
    chain: branches({ handler: "parse_transition" }, when("/help", "end"), when("pass", "end"), other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "the same branch twice",
    chain: branches(text, when("yes", "end"), when("yes", "a"), other),
    expected: [`warning unreachable_branch ${place(1)}`],
  },
  {
    name: "one operator in two spellings",
    chain: branches(text, { operator: ">", when: "5", goto: "end" }, { operator: "gt", when: "5", goto: "a" }, other),
    expected: [`warning unreachable_branch ${place(1)}`],
  },
  { name: "two defaults", chain: branches(text, other, other), expected: [`warning unreachable_branch ${place(1)}`] },
  {
    name: "a wide text before a narrow one",
    chain: branches(text, { operator: "contains", when: "yes", goto: "end" }, when("yes please", "a"), other),
    expected: [`warning unreachable_branch ${place(1)}`],
  },
  {
    name: "a wide range before a narrow one",
    chain: branches(
      { handler: "parse_score" },
      { operator: "<", when: "8", goto: "end" },
      { operator: "in_range", when: "1-5", goto: "a" },
      other,
    ),
    expected: [`warning unreachable_branch ${place(1)}`],
  },
  {
    name: "what contains nothing, before everything",
    chain: branches(text, { operator: "contains", when: "", goto: "end" }, when("yes", "a"), {
      operator: "default",
      goto: "a",
    }),
    expected: [`warning unreachable_branch ${place(1)}`, `warning unreachable_branch ${place(2)}`],
  },
  {
    name: "the boolean of conditions whose words are taken",
    chain: branches(
      { ...key, valid_conditions: { yes: true, sure: true, no: false } },
      when("yes", "end"),
      when("sure", "a"),
      when("true", "a"),
      other,
    ),
    expected: [`warning unreachable_branch ${place(2)}`],
  },
  {
    name: "a branch of a task that no run comes to",
    chain: unreached({ transition: { branches: [other, other] } }),
    expected: ["warning unreachable_branch $.tasks[1].transition.branches[1]", "warning unreachable_task $.tasks[1]"],
  },
];

/** What comes to a task on every path, and ways that never end. */
export const FLOW: readonly CorpusChain[] = [
  {
    name: "a vector as a prompt",
    chain: two({ handler: "embedding" }, text),
    expected: ["warning type_mismatch $.tasks[1]"],
  },
  {
    name: "an object as a prompt, by its variable, past another task",
    chain: {
      id: "c",
      tasks: [
        { id: "a", handler: "parse_key_value", transition: to("b") },
        { id: "b", ...noop, prompt_template: "x", transition: to("d") },
        { id: "d", ...key, input_var: "a" },
      ],
    },
    expected: ["warning type_mismatch $.tasks[2].input_var"],
  },
  {
    name: "a vector by its variable, read in a task that stands before the one that sets it",
    chain: {
      id: "c",
      tasks: [
        { id: "a", ...noop, transition: to("e") },
        { id: "b", ...noop, prompt_template: "x", transition: to("d") },
        { id: "d", ...text, input_var: "e" },
        { id: "e", handler: "embedding", transition: to("b") },
      ],
    },
    expected: ["warning type_mismatch $.tasks[2].input_var"],
  },
  {
    name: "a template that is a number before a vector, which is one fault",
    chain: one({ ...text, prompt_template: 5 }, { input: "vector" }),
    expected: ["error wrong_type $.tasks[0].prompt_template"],
  },
  {
    name: "a template before a conversation",
    chain: one({ handler: "model_execution", prompt_template: "Hello" }),
    expected: ["warning type_mismatch $.tasks[0].prompt_template"],
  },
  {
    name: "a text where a conversation is wanted, from the chain's input",
    chain: one({ handler: "model_execution" }, { input: "string" }),
    expected: ["warning type_mismatch $.tasks[0]"],
  },
  {
    name: "a text where a conversation is turned into an answer",
    chain: two(text, { handler: "convert_to_openai_chat_response" }),
    expected: ["warning type_mismatch $.tasks[1]"],
  },
  {
    name: "a variable of the caller's that is a list of results",
    chain: one({ ...text, input_var: "found" }, { variables: { found: "search_results" } }),
    expected: ["warning type_mismatch $.tasks[0].input_var"],
  },
  {
    name: "what a failed task was given, on its recovery",
    chain: two({ transition: { on_failure: "b", branches: [] } }, text, { input: "vector" }),
    expected: ["warning type_mismatch $.tasks[1]"],
  },
  {
    name: "a task that only its failure leads on from",
    chain: two(
      { ...text, transition: { on_failure: "b", ...to("a") } },
      { transition: { branches: [when("noop", "end"), { operator: "default", goto: "a" }] } },
    ),
    expected: ["warning task_cannot_end $.tasks[0]"],
  },
  {
    name: "tasks that lead to a cycle without an end",
    chain: {
      id: "c",
      tasks: [
        { id: "s", ...noop, transition: to("t") },
        { id: "t", ...noop, transition: to("u") },
        { id: "u", ...noop, transition: to("u") },
      ],
    },
    expected: [
      "warning unbounded_cycle $.tasks[2]",
      "warning task_cannot_end $.tasks[0]",
      "warning task_cannot_end $.tasks[1]",
    ],
  },
];

const answer = { type: "object", properties: { answer: { type: "string" } }, required: ["answer"] };
const closed = { type: "object", properties: { text: { type: "string" } }, additionalProperties: false };

/** What a chain promises and its tasks never keep. */
export const CONTRACTS: readonly CorpusChain[] = [
  {
    name: "an object that a task of text would have to give",
    chain: one(text, { output: answer }),
    expected: ["warning contract_mismatch $.tasks[0]"],
  },
  {
    name: "a number that a task of text would have to give, where it ends the run by a branch",
    chain: {
      ...branches(text, when("again", "a"), { operator: "default", goto: "end" }),
      output: { type: "number" },
    },
    expected: ["warning contract_mismatch $.tasks[0]"],
  },
  {
    name: "one of two endings that never keeps it",
    chain: {
      id: "c",
      output: { type: "string" },
      tasks: [
        { id: "a", ...text, transition: { branches: [when("score", "b"), when("text", "end"), other] } },
        { id: "b", handler: "parse_score" },
      ],
    },
    expected: ["warning contract_mismatch $.tasks[1]"],
  },
  {
    name: "what is passed on from the task before",
    chain: two({ handler: "parse_key_value" }, noop, { output: { type: ["string", "null"] } }),
    expected: ["warning contract_mismatch $.tasks[1]"],
  },
  {
    name: "a schema of the task's own that does not allow what the chain's wants",
    chain: one({ ...text, output: closed }, { output: answer }),
    expected: ["warning contract_mismatch $.tasks[0]"],
  },
  {
    name: "a schema of the task's own that says another type of a property",
    chain: one(
      { ...hook, hook: { name: "h" }, output: { type: "object", properties: { answer: { type: "integer" } } } },
      { output: answer },
    ),
    expected: ["warning contract_mismatch $.tasks[0]"],
  },
  {
    name: "words that no ending gives",
    chain: one({ ...text, output: { enum: ["yes", "no"] } }, { output: { enum: ["ja", "nein"] } }),
    expected: ["warning contract_mismatch $.tasks[0]"],
  },
  {
    name: "a text rendered from a hook's answer",
    chain: one({ ...hook, hook: { name: "h" }, output: answer, output_template: "{{.answer}}" }, { output: answer }),
    expected: ["warning contract_mismatch $.tasks[0]"],
  },
  {
    name: "an ending that no run comes to, and a schema that is wrong itself, which are other faults",
    chain: { ...unreached({ handler: "parse_score" }), output: { type: "strng" } },
    expected: ["error invalid_schema $.output.type", "warning unreachable_task $.tasks[1]"],
  },
  {
    name: "an object as input where the first task needs a text",
    chain: one(text, { input: answer }),
    expected: ["warning type_mismatch $.tasks[0]"],
  },
  {
    name: "a list as input where the first task needs a text",
    chain: one({ handler: "parse_key_value" }, { input: { type: "array" } }),
    expected: ["warning type_mismatch $.tasks[0]"],
  },
  {
    name: "an object as input where a later task needs a text",
    chain: two({}, { handler: "parse_number" }, { input: answer }),
    expected: ["warning type_mismatch $.tasks[1]"],
  },
  {
    name: "a list that a task was asked for as a prompt",
    chain: two({ ...text, output: { type: "array", items: { type: "string" } } }, text),
    expected: ["warning type_mismatch $.tasks[1]"],
  },
];

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

/** Branches and values that are right, although something about them is odd. */
export const SOUND_WAYS: readonly { readonly name: string; readonly chain: unknown }[] = [
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
  {
    name: "endings of which every one may keep what the chain promises",
    chain: {
      id: "c",
      output: { anyOf: [{ type: "number" }, answer] },
      tasks: [
        {
          id: "a",
          ...text,
          transition: { on_failure: "b", branches: [when("score", "b"), { operator: "default", goto: "d" }] },
        },
        { id: "b", handler: "parse_number", transition: { branches: [when("0", "e"), other] } },
        { id: "d", ...text, prompt_template: "x", output: { type: "object", properties: { answer: {} } } },
        { id: "e", ...hook, hook: { name: "h" }, transition: { on_failure: "f" } },
        { id: "f", handler: "raise_error", prompt_template: "x" },
      ],
    },
  },
  {
    name: "a promise that a whole number keeps, and one that is only known when it runs",
    chain: two({ handler: "parse_number" }, { compose: { with_var: "input" } }, { output: { type: "number" } }),
  },
  {
    name: "an object as input in a task that makes a text of it",
    chain: one({ ...text, prompt_template: "{{.input.answer}}" }, { input: answer }),
  },
  { name: "a number as input in a task of text", chain: one(text, { input: { type: "number" } }) },
  { name: "the boolean of a condition", chain: branches(key, when("true", "end"), when("no", "end")) },
  {
    name: "a part of a condition",
    chain: branches(key, { operator: "starts_with", when: "y", goto: "end" }, other),
  },
  { name: "a default before the others", chain: branches(text, other, when("yes", "end")) },
  {
    name: "a narrow text before a wide one",
    chain: branches(text, when("yes please", "end"), { operator: "contains", when: "yes", goto: "end" }, other),
  },
  {
    name: "a score in other digits",
    chain: branches({ handler: "parse_score" }, when("7", "end"), when("7.00", "end"), other),
  },
  {
    name: "a rendered answer of a hook",
    chain: branches({ ...hook, hook: { name: "h" }, output_template: "{{.state}}" }, when("paid", "end"), other),
  },
  { name: "an input that the caller names the type of", chain: one({ handler: "model_execution" }) },
  { name: "an answer of a hook as a prompt", chain: two({ ...hook, hook: { name: "h" } }, text) },
  { name: "a vector through a template", chain: two({ handler: "embedding" }, { ...text, prompt_template: "{{.a}}" }) },
  {
    name: "a vector on one path and a text on the other",
    chain: {
      id: "c",
      tasks: [
        { id: "s", ...text, transition: { branches: [when("x", "a"), { operator: "default", goto: "b" }] } },
        { id: "a", handler: "embedding", transition: to("b") },
        { id: "b", ...text },
      ],
    },
  },
  {
    name: "a conversation that a text was appended to",
    chain: two(
      { ...text, compose: { with_var: "talk", strategy: "append_string_to_chat_history" } },
      { handler: "model_execution" },
      { variables: { talk: "chat_history" } },
    ),
  },
  {
    name: "what a task was given whose template failed",
    chain: two(
      { ...text, prompt_template: "{{.input.messages}}", transition: { on_failure: "b", branches: [] } },
      { handler: "model_execution" },
      { input: "chat_history" },
    ),
  },
  { name: "a failure that ends the run as it is meant to", chain: one({ handler: "raise_error" }) },
  {
    name: "a retry by a cycle that a branch leaves",
    chain: two({ ...text, transition: { branches: [when("ok", "b"), { operator: "default", goto: "a" }] } }, {}),
  },
];
