import { branch, hook, noop, one, type SoundChain, to } from "./chain-parts.ts";

/** Chains with something odd in them that is nevertheless right. */
export const SOUND: readonly SoundChain[] = [
  {
    name: "other cases and spellings of names",
    chain: { ID: "c", TASKS: [{ Id: "a", HANDLER: "noop", Prompt_Template: "A" }] },
  },
  {
    name: "a task named input",
    chain: {
      id: "c",
      tasks: [
        { id: "input", ...noop, transition: to("b") },
        { id: "b", ...noop },
      ],
    },
  },
  { name: "a blank id", chain: { id: "c", tasks: [{ id: " ", ...noop }] } },
  { name: "a failure that ends the run", chain: one({ transition: { on_failure: "end", branches: [] } }) },
  { name: "no transition", chain: one({ transition: null }) },
  { name: "no branches", chain: one({ transition: { branches: null } }) },
  {
    name: "a condition that is null",
    chain: one({ handler: "condition_key", valid_conditions: { yes: true, no: null } }),
  },
  {
    name: "a hook's arguments of every kind",
    chain: one({ ...hook, hook: { name: "h", args: { a: null, b: 1, c: [{}] } } }),
  },
  { name: "a later version's names", chain: one({ handler: "tools", tools: { name: "h" } }) },
  { name: "no limit of time", chain: one({ timeout: "0", retry: { max: 0, backoff: "0s" } }) },
  { name: "a range without an upper end", chain: branch({ operator: "in_range", when: "1-inf", goto: "end" }) },
  { name: "a variable that the caller gives", chain: one({ input_var: "user" }, { variables: { user: "String" } }) },
  {
    name: "a loop with a way out, reading its own output",
    chain: one({
      handler: "raw_string",
      compose: { with_var: "a_composed" },
      transition: {
        branches: [
          { operator: "equals", when: "more", goto: "a" },
          { operator: "default", goto: "end" },
        ],
      },
    }),
  },
  {
    name: "the failure's message in the task that handles it",
    chain: {
      id: "c",
      tasks: [
        { id: "a", handler: "raise_error", transition: { on_failure: "b" } },
        { id: "b", ...noop, input_var: "error", compose: { with_var: "failed_task" } },
      ],
    },
  },
  ...Object.entries({
    "each word of an output schema": [{ enum: ["p", 7, null] }, ["p", "7", "ok"]],
    "each of two alternatives": [{ anyOf: [{ const: true }, { type: "object" }] }, ["true", "ok"]],
    "both values of a boolean": [{ type: "boolean" }, ["true", "false"]],
    "only the words that the other keywords leave": [
      { enum: ["p", "q", 7], type: "string", maxLength: 1, pattern: "p" },
      ["p"],
    ],
    "any text of a schema, with blanks around it": [{ type: "string" }, [" p "]],
    "numbers as they are reported": [{ type: "number" }, ["5", "-0.5", "1e+21"]],
    "a whole number or a word": [{ anyOf: [{ type: "integer" }, { enum: ["none"] }] }, ["-3", "none"]],
    "what only a reference says": [{ $ref: "#/$defs/word", $defs: { word: { type: "string" } } }, ["p"]],
    "words with a schema that says nothing of them": [{ description: "a word" }, ["p"]],
  } satisfies Record<string, [object, readonly string[]]>).map(([name, [output, words]]) => ({
    name: `branches on ${name}`,
    chain: one({
      handler: "raw_string",
      output,
      transition: {
        branches: [
          ...words.map((when) => ({ operator: "equals", when, goto: "end" })),
          { operator: "default", goto: "end" },
        ],
      },
    }),
  })),
  {
    name: "a branch for each outcome of an output schema, and no default",
    chain: one({
      handler: "raw_string",
      output: { type: ["boolean", "null"] },
      transition: { branches: ["true", "false", "ok"].map((when) => ({ operator: "equals", when, goto: "end" })) },
    }),
  },
];
