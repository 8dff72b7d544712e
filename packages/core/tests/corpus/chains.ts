import { branch, type CorpusChain, noop, one, to, unreached } from "./chain-parts.ts";

/** Values of the wrong kind, and fields that nobody knows. */
export const STRUCTURE: readonly CorpusChain[] = [
  { name: "nothing", chain: undefined, expected: ["error not_an_object $"] },
  { name: "null", chain: null, expected: ["error not_an_object $"] },
  { name: "JSON that was not parsed", chain: '{"id":"c"}', expected: ["error not_an_object $"] },
  { name: "a list of tasks", chain: [{ id: "a", ...noop }], expected: ["error not_an_object $"] },
  { name: "an empty object", chain: {}, expected: ["error no_tasks $.tasks"] },
  { name: "no tasks", chain: { id: "c", tasks: [] }, expected: ["error no_tasks $.tasks"] },
  { name: "tasks that are null", chain: { id: "c", tasks: null }, expected: ["error no_tasks $.tasks"] },
  { name: "tasks by id in JSON", chain: { id: "c", tasks: { a: noop } }, expected: ["error wrong_type $.tasks"] },
  { name: "no chain id", chain: { tasks: [{ id: "a", ...noop }] }, expected: ["warning missing_field $.id"] },
  { name: "a number as chain id", chain: one({}, { id: 5 }), expected: ["error wrong_type $.id"] },
  {
    name: "a fraction as token limit",
    chain: one({}, { token_limit: 1.5 }),
    expected: ["error wrong_type $.token_limit"],
  },
  { name: "a text as debug", chain: one({}, { debug: "yes" }), expected: ["error wrong_type $.debug"] },
  {
    name: "a task that is text",
    chain: { id: "c", tasks: [{ id: "a", ...noop }, "b"] },
    expected: ["error wrong_type $.tasks[1]"],
  },
  {
    name: "a first task that is text, before sound ones",
    chain: { id: "c", tasks: ["a", { id: "b", ...noop, transition: to("c") }, { id: "c", ...noop, timeout: "x" }] },
    expected: ["error wrong_type $.tasks[0]", "error invalid_duration $.tasks[2].timeout"],
  },
  {
    name: "branches that are an object",
    chain: one({ transition: { branches: {} } }),
    expected: ["error wrong_type $.tasks[0].transition.branches"],
  },
  {
    name: "a template that is a number",
    chain: one({ prompt_template: 5 }),
    expected: ["error wrong_type $.tasks[0].prompt_template"],
  },
  {
    name: "a temperature that is text",
    chain: one({ handler: "raw_string", execute_config: { temperature: "0.5" } }),
    expected: ["error wrong_type $.tasks[0].execute_config.temperature"],
  },
  {
    name: "a condition that is text",
    chain: one({ handler: "condition_key", valid_conditions: { yes: true, no: "false" } }),
    expected: ["error wrong_type $.tasks[0].valid_conditions.no"],
  },
  {
    name: "a number that JSON does not have",
    chain: one({}, { token_limit: Number.NaN }),
    expected: ["error wrong_type $.token_limit"],
  },
  { name: "a function", chain: one({ print: () => "x" }), expected: ["error wrong_type $.tasks[0].print"] },
  {
    name: "a number in when",
    chain: branch({ operator: ">", when: 5, goto: "end" }),
    expected: ["warning wrong_type $.tasks[0].transition.branches[0].when"],
  },
  { name: "a field nobody knows", chain: one({}, { version: 2 }), expected: ["warning unknown_field $.version"] },
  {
    name: "a field with a blank in its name",
    chain: one({ "my note": 1 }),
    expected: ['warning unknown_field $.tasks[0]["my note"]'],
  },
  {
    name: "a field of a later version",
    chain: one({ handler: "raw_string", execute_config: { retry_policy: {} } }),
    expected: ["warning unknown_field $.tasks[0].execute_config.retry_policy"],
  },
  {
    name: "one field in two spellings",
    chain: one({ prompt_template: "a", promptTemplate: "b" }),
    expected: ["warning unknown_field $.tasks[0].promptTemplate"],
  },
];

/** Ids, targets, tasks that no run comes to, and cycles. */
export const GRAPH: readonly CorpusChain[] = [
  { name: "an empty id", chain: one({ id: "" }), expected: ["error empty_task_id $.tasks[0].id"] },
  {
    name: "a task that is null",
    chain: { id: "c", tasks: [null] },
    expected: ["error empty_task_id $.tasks[0].id", "error missing_field $.tasks[0].handler"],
  },
  { name: "the reserved id", chain: one({ id: "end" }), expected: ["error reserved_task_id $.tasks[0].id"] },
  {
    name: "the reserved id where no run comes to it",
    chain: unreached({ id: "end" }),
    expected: ["error reserved_task_id $.tasks[1].id"],
  },
  {
    name: "an empty id that no run comes to, which the original refuses too",
    chain: unreached({ id: "" }),
    expected: ["error empty_task_id $.tasks[1].id"],
  },
  {
    name: "a repeated id that runs come to",
    chain: {
      id: "c",
      tasks: [
        { id: "a", ...noop, transition: to("b") },
        { id: "b", ...noop },
        { id: "b", ...noop },
      ],
    },
    expected: ["error duplicate_task_id $.tasks[2].id"],
  },
  {
    name: "a repeated id that no run comes to",
    chain: {
      id: "c",
      tasks: [
        { id: "a", ...noop },
        { id: "b", ...noop },
        { id: "b", ...noop },
      ],
    },
    expected: ["warning duplicate_task_id $.tasks[2].id", "warning unreachable_task $.tasks[1]"],
  },
  {
    name: "a target that is misspelt",
    chain: {
      id: "c",
      tasks: [
        { id: "a", ...noop, transition: to("reply") },
        { id: "relpy", ...noop },
      ],
    },
    expected: ["error unknown_target $.tasks[0].transition.branches[0].goto", "warning unreachable_task $.tasks[1]"],
  },
  {
    name: "END in capitals",
    chain: one({ transition: to("END") }),
    expected: ["error unknown_target $.tasks[0].transition.branches[0].goto"],
  },
  {
    name: "a failure target that is not there",
    chain: one({ transition: { on_failure: "rescue", branches: [] } }),
    expected: ["error unknown_target $.tasks[0].transition.on_failure"],
  },
  {
    name: "a dangling target in a task that no run comes to",
    chain: unreached({ transition: to("nowhere") }),
    expected: ["warning unknown_target $.tasks[1].transition.branches[0].goto", "warning unreachable_task $.tasks[1]"],
  },
  { name: "a task that no run comes to", chain: unreached({}), expected: ["warning unreachable_task $.tasks[1]"] },
  {
    name: "a task that goes to itself for ever",
    chain: one({ transition: to("a") }),
    expected: ["warning unbounded_cycle $.tasks[0]"],
  },
  {
    name: "two tasks that go to each other for ever",
    chain: {
      id: "c",
      tasks: [
        { id: "s", ...noop, transition: to("a") },
        { id: "a", ...noop, transition: to("b") },
        { id: "b", ...noop, transition: to("a") },
      ],
    },
    expected: ["warning unbounded_cycle $.tasks[1]", "warning task_cannot_end $.tasks[0]"],
  },
  {
    name: "a cycle that only a failure leaves",
    chain: one({ transition: { on_failure: "end", ...to("a") } }),
    expected: ["warning unbounded_cycle $.tasks[0]"],
  },
  {
    name: "a cycle through a task that never succeeds",
    chain: {
      id: "c",
      tasks: [
        { id: "a", handler: "raise_error", transition: { on_failure: "b", branches: [] } },
        { id: "b", ...noop, transition: to("a") },
      ],
    },
    expected: ["warning unbounded_cycle $.tasks[0]"],
  },
];
