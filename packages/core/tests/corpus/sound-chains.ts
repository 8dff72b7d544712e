import { branch, hook, noop, one, to } from "./chain-parts.ts";

/** Chains with something odd in them that is nevertheless right. */
export const SOUND: readonly { readonly name: string; readonly chain: unknown }[] = [
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
];
