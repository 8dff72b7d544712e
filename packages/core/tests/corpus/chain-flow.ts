import { type CorpusChain, hook, key, noop, one, type SoundChain, text, to, two, when } from "./chain-parts.ts";

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

/** What comes to a task and is right, although something about it is odd. */
export const SOUND_FLOW: readonly SoundChain[] = [
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
