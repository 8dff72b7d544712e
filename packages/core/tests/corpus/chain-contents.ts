import { branch, type CorpusChain, hook, noop, one, to, unreached } from "./chain-parts.ts";

/** So many tasks, one after the other. */
const many = (count: number, last: string) => ({
  id: "c",
  tasks: Array.from({ length: count }, (_, index) => ({
    id: `task_${index}`,
    ...noop,
    transition: to(index + 1 < count ? `task_${index + 1}` : last),
  })),
});

/** Tasks that lack something or say what cannot be. */
export const CONTENT: readonly CorpusChain[] = [
  {
    name: "no handler",
    chain: { id: "c", tasks: [{ id: "a" }] },
    expected: ["error missing_field $.tasks[0].handler"],
  },
  {
    name: "a handler nobody knows",
    chain: one({ handler: "raw" }),
    expected: ["warning unknown_handler $.tasks[0].handler"],
  },
  { name: "a hook task without its block", chain: one(hook), expected: ["error missing_field $.tasks[0].hook"] },
  {
    name: "a hook without a name",
    chain: one({ ...hook, hook: { args: {} } }),
    expected: ["error missing_field $.tasks[0].hook.name"],
  },
  {
    name: "a hook block that is text",
    chain: one({ ...hook, hook: "notify" }),
    expected: ["error wrong_type $.tasks[0].hook"],
  },
  {
    name: "no conditions",
    chain: one({ handler: "condition_key" }),
    expected: ["error missing_field $.tasks[0].valid_conditions"],
  },
  {
    name: "empty conditions",
    chain: one({ handler: "condition_key", valid_conditions: {} }),
    expected: ["error missing_field $.tasks[0].valid_conditions"],
  },
  {
    name: "conditions that differ by case only",
    chain: one({ handler: "condition_key", valid_conditions: { yes: true, no: false, Yes: true, YES: false } }),
    expected: [
      "warning ambiguous_condition $.tasks[0].valid_conditions.Yes",
      "warning ambiguous_condition $.tasks[0].valid_conditions.YES",
    ],
  },
  {
    name: "conditions that differ by the blanks around them, where no run comes to them",
    chain: unreached({ handler: "condition_key", valid_conditions: { "not sure": true, " not sure\n": false } }),
    expected: [
      'warning ambiguous_condition $.tasks[1].valid_conditions[" not sure\\n"]',
      "warning unreachable_task $.tasks[1]",
    ],
  },
  {
    name: "a hook task without its block that no run comes to",
    chain: unreached(hook),
    expected: ["warning missing_field $.tasks[1].hook", "warning unreachable_task $.tasks[1]"],
  },
  {
    name: "a compose with nothing",
    chain: one({ compose: {} }),
    expected: ["error missing_field $.tasks[0].compose.with_var"],
  },
  {
    name: "an operator in capitals",
    chain: branch({ operator: "EQUALS", when: "x", goto: "end" }),
    expected: ["error unknown_operator $.tasks[0].transition.branches[0].operator"],
  },
  {
    name: "no operator",
    chain: branch({ when: "x", goto: "end" }),
    expected: ["error unknown_operator $.tasks[0].transition.branches[0].operator"],
  },
  {
    name: "nothing to compare with",
    chain: branch({ operator: "equals", goto: "end" }),
    expected: ["warning missing_field $.tasks[0].transition.branches[0].when"],
  },
  {
    name: "null to compare numbers with",
    chain: branch({ operator: ">", when: null, goto: "end" }),
    expected: ["warning missing_field $.tasks[0].transition.branches[0].when"],
  },
  {
    name: "nothing to compare with where a number is meant, and where words are known, which is one fault each",
    chain: one({
      handler: "condition_key",
      valid_conditions: { yes: true, no: false },
      transition: {
        branches: [
          { operator: "in_range", goto: "end" },
          { operator: "equals", goto: "end" },
          { operator: "default", goto: "end" },
        ],
      },
    }),
    expected: [
      "warning missing_field $.tasks[0].transition.branches[0].when",
      "warning missing_field $.tasks[0].transition.branches[1].when",
    ],
  },
  {
    name: "a strategy nobody knows",
    chain: one({ compose: { with_var: "input", strategy: "merge" } }),
    expected: ["error unknown_strategy $.tasks[0].compose.strategy"],
  },
  {
    name: "a strategy nobody knows where no run comes to it",
    chain: unreached({ compose: { with_var: "input", strategy: "Override" } }),
    expected: ["warning unknown_strategy $.tasks[1].compose.strategy", "warning unreachable_task $.tasks[1]"],
  },
  {
    name: "a data type nobody knows",
    chain: one({}, { input: "text" }),
    expected: ["error unknown_data_type $.input"],
  },
  {
    name: "a variable of a type nobody knows",
    chain: one({}, { variables: { user: "object" } }),
    expected: ["error unknown_data_type $.variables.user"],
  },
  {
    name: "a kind of failure nobody knows",
    chain: one({ retry: { max: 1, on: ["timeout", "http"] } }),
    expected: ["error unknown_failure_class $.tasks[0].retry.on[1]"],
  },
  {
    name: "two kinds of failure nobody knows",
    chain: one({ retry: { max: 1, on: ["", "500"] } }),
    expected: [
      "error unknown_failure_class $.tasks[0].retry.on[0]",
      "error unknown_failure_class $.tasks[0].retry.on[1]",
    ],
  },
  {
    name: "a branch that does not say where it leads, and one that leads to the end",
    chain: one({
      handler: "raw_string",
      transition: {
        branches: [
          { operator: "equals", when: "x" },
          { operator: "default", goto: "" },
        ],
      },
    }),
    expected: ["warning missing_field $.tasks[0].transition.branches[0].goto"],
  },
  {
    name: "more tasks than can be checked completely",
    chain: many(1001, "end"),
    expected: ["warning partly_checked $.tasks"],
  },
  {
    name: "a dangling target behind more tasks than can be checked completely",
    chain: many(1500, "task_1501"),
    expected: ["error unknown_target $.tasks[1499].transition.branches[0].goto", "warning partly_checked $.tasks"],
  },
  {
    name: "fields that the handler does not take",
    chain: one({ system_instruction: "be nice", execute_config: { model: "m" } }),
    expected: ["warning unused_field $.tasks[0].system_instruction", "warning unused_field $.tasks[0].execute_config"],
  },
];
