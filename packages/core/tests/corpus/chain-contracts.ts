import {
  type CorpusChain,
  hook,
  noop,
  one,
  other,
  type SoundChain,
  text,
  two,
  unreached,
  when,
} from "./chain-parts.ts";

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
    chain: one({ ...text, transition: { branches: [when("again", "a"), other] } }, { output: { type: "number" } }),
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

/** Promises that tasks may keep. */
export const SOUND_CONTRACTS: readonly SoundChain[] = [
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
];
