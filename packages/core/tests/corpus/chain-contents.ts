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
    name: "a timeout in words",
    chain: one({ timeout: "soon" }),
    expected: ["error invalid_duration $.tasks[0].timeout"],
  },
  {
    name: "a deadline of model calls that is none, of a task and of the chain",
    chain: one(
      { execute_config: { routing: { deadline: "soon" } } },
      { execute_config: { routing: { deadline: "-1s" } } },
    ),
    expected: [
      "error invalid_duration $.execute_config.routing.deadline",
      "error invalid_duration $.tasks[0].execute_config.routing.deadline",
      "warning unused_field $.tasks[0].execute_config",
    ],
  },
  {
    name: "a timeout without a unit",
    chain: one({ timeout: "30" }),
    expected: ["error invalid_duration $.tasks[0].timeout"],
  },
  {
    name: "a negative timeout",
    chain: one({ timeout: "-1s" }),
    expected: ["error invalid_duration $.tasks[0].timeout"],
  },
  {
    name: "a pause that cannot be read",
    chain: one({ retry: { max: 2, backoff: "1 s" } }),
    expected: ["error invalid_duration $.tasks[0].retry.backoff"],
  },
  {
    name: "negative retries",
    chain: one({ retry_on_failure: -2, retry: { max: -1 } }),
    expected: ["warning negative_retry $.tasks[0].retry_on_failure", "warning negative_retry $.tasks[0].retry.max"],
  },
  {
    name: "negative retries where no run comes to them",
    chain: unreached({ retry_on_failure: -1 }),
    expected: ["warning negative_retry $.tasks[1].retry_on_failure", "warning unreachable_task $.tasks[1]"],
  },
  {
    name: "a negative token limit",
    chain: one({}, { token_limit: -1 }),
    expected: ["warning invalid_number $.token_limit"],
  },
  {
    name: "no attempts at all",
    chain: one({}, { execute_config: { routing: { attempts: 0 }, max_tokens: -5 } }),
    expected: [
      "warning invalid_number $.execute_config.max_tokens",
      "warning invalid_number $.execute_config.routing.attempts",
    ],
  },
  {
    name: "a comparison with a word",
    chain: branch({ operator: ">", when: "seven", goto: "end" }),
    expected: ["warning invalid_number $.tasks[0].transition.branches[0].when"],
  },
  {
    name: "a range with one bound",
    chain: branch({ operator: "in_range", when: "7", goto: "end" }),
    expected: ["warning invalid_number $.tasks[0].transition.branches[0].when"],
  },
  {
    name: "a range from high to low",
    chain: branch({ operator: "in_range", when: "10-1", goto: "end" }),
    expected: ["warning invalid_number $.tasks[0].transition.branches[0].when"],
  },
  {
    name: "an input variable nobody sets",
    chain: one({ input_var: "inptu" }),
    expected: ["warning unknown_variable $.tasks[0].input_var"],
  },
  {
    name: "a path as input variable",
    chain: one({ input_var: "input.name" }),
    expected: ["warning unknown_variable $.tasks[0].input_var"],
  },
  {
    name: "an input variable that is only set later",
    chain: {
      id: "c",
      tasks: [
        { id: "a", ...noop, input_var: "b", transition: to("b") },
        { id: "b", ...noop },
      ],
    },
    expected: ["warning unknown_variable $.tasks[0].input_var"],
  },
  {
    name: "the failure's message where nothing failed",
    chain: one({ compose: { with_var: "error" } }),
    expected: ["warning unknown_variable $.tasks[0].compose.with_var"],
  },
  {
    name: "the output of a task that fails before it is read",
    chain: {
      id: "c",
      tasks: [
        { id: "a", ...noop, transition: { on_failure: "b", branches: [] } },
        { id: "b", ...noop, input_var: "a" },
      ],
    },
    expected: ["warning unknown_variable $.tasks[1].input_var"],
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
    name: "a pause between attempts that are never made",
    chain: one({ retry: { backoff: "1s" } }),
    expected: ["warning missing_field $.tasks[0].retry.max"],
  },
  {
    name: "numbers that no model takes",
    chain: one({ handler: "raw_string", execute_config: { temperature: -0.5 } }, { execute_config: { top_p: 1.5 } }),
    expected: [
      "warning invalid_number $.execute_config.top_p",
      "warning invalid_number $.tasks[0].execute_config.temperature",
    ],
  },
  {
    name: "variables of names that others have",
    chain: {
      id: "c",
      variables: { input: "string", a: "string", a_composed: "json", error: "string", user: "string" },
      tasks: [{ id: "a", ...noop, compose: { with_var: "user" } }],
    },
    expected: [
      "warning shadowed_variable $.variables.input",
      "warning shadowed_variable $.variables.a",
      "warning shadowed_variable $.variables.a_composed",
      "warning shadowed_variable $.variables.error",
    ],
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

/** Templates, and the variables they read. */
export const TEMPLATES: readonly CorpusChain[] = [
  {
    name: "a template that does not end",
    chain: one({ prompt_template: "Hello {{.input" }),
    expected: ["error invalid_template $.tasks[0].prompt_template"],
  },
  {
    name: "a broken system instruction",
    chain: one({ handler: "raw_string", system_instruction: "{{nope .input}}" }),
    expected: ["error invalid_template $.tasks[0].system_instruction"],
  },
  {
    name: "a broken template deep in the arguments of a hook",
    chain: one({ ...hook, hook: { name: "h", args: { list: ["ok", { deep: "{{if}}" }] } } }),
    expected: ["error invalid_template $.tasks[0].hook.args.list[1].deep"],
  },
  {
    name: "a broken print and a broken output template",
    chain: one({ ...hook, hook: { name: "h" }, print: "{{", output_template: "{{end}}" }),
    expected: ["error invalid_template $.tasks[0].print", "error invalid_template $.tasks[0].output_template"],
  },
  {
    name: "a broken template in a task that no run comes to",
    chain: unreached({ prompt_template: "{{" }),
    expected: ["warning invalid_template $.tasks[1].prompt_template", "warning unreachable_task $.tasks[1]"],
  },
  {
    name: "a broken template in a field that the handler does not take",
    chain: one({ output_template: "{{" }),
    expected: ["warning unused_field $.tasks[0].output_template"],
  },
  {
    name: "a variable that is misspelt",
    chain: one({ prompt_template: "{{.inptu}}" }),
    expected: ["warning unknown_variable $.tasks[0].prompt_template"],
  },
  {
    name: "an output of its own in a prompt, and again in print, where it is set",
    chain: one({ prompt_template: "{{.a}}", print: "{{.a}} {{.previous_output}}" }),
    expected: ["warning unknown_variable $.tasks[0].prompt_template"],
  },
  {
    name: "the previous output in the first task",
    chain: one({ prompt_template: "{{.previous_output}}" }),
    expected: ["warning unknown_variable $.tasks[0].prompt_template"],
  },
  {
    name: "variables in the arguments of a hook, not in its output template",
    chain: one({ ...hook, hook: { name: "h", args: { q: "{{.ghost}}" } }, output_template: "{{.anything}}" }),
    expected: ["warning unknown_variable $.tasks[0].hook.args.q"],
  },
];
