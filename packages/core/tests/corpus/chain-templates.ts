import { type CorpusChain, hook, one, unreached } from "./chain-parts.ts";

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
