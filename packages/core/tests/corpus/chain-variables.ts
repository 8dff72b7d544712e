import { type CorpusChain, noop, one, to } from "./chain-parts.ts";

/** Variables that nobody sets where they are read, and some that others hide. */
export const VARIABLES: readonly CorpusChain[] = [
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
];
