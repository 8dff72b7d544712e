import { type BadCall, circle, create, custom, greet, hooked, noop } from "./bad-call.ts";

/** What is given to a runtime for a run. */
export const RUNS: readonly BadCall[] = [
  { name: "run nothing", call: (runtime) => runtime.run(), code: "chain_invalid" },
  { name: "run null", call: (runtime) => runtime.run(null, "in"), code: "chain_invalid" },
  {
    name: "run plain data",
    call: (runtime) => runtime.run({ id: "c", tasks: [] }, "in"),
    code: "chain_invalid",
    says: /defineChain or parseChain/,
  },
  {
    name: "run what parseChain gives",
    call: (runtime) => runtime.run({ chain: noop, findings: [] }, "in"),
    code: "chain_invalid",
  },
  {
    name: "run an unknown id",
    call: (runtime) => runtime.run("nop", "in"),
    code: "not_found",
    says: /Did you mean noop/,
  },
  { name: "run an empty id", call: (runtime) => runtime.run("", "in"), code: "not_found" },
  { name: "run with null as options", call: (runtime) => runtime.run(noop, "in", null), code: "input_invalid" },
  {
    name: "run with an unknown input type",
    call: (runtime) => runtime.run(noop, "in", { inputType: "text" }),
    code: "input_invalid",
    says: /"text"/,
  },
  {
    name: "run with a bigint as input type",
    call: (runtime) => runtime.run(noop, "in", { inputType: 5n }),
    code: "input_invalid",
  },
  {
    name: "run with a symbol as input type",
    call: (runtime) => runtime.run(noop, "in", { inputType: Symbol("int") }),
    code: "input_invalid",
  },
  {
    name: "run with an input of another type",
    call: (runtime) => runtime.run(noop, "abc", { inputType: "int" }),
    code: "input_invalid",
  },
  { name: "run with a function as input", call: (runtime) => runtime.run(noop, () => 1), code: "input_invalid" },
  {
    name: "run with an input that is its own part",
    call: (runtime) => runtime.run(noop, circle, { inputType: "json" }),
    code: "input_invalid",
  },
  {
    name: "run without its variables",
    call: (runtime) => runtime.run(greet, "in"),
    code: "input_invalid",
    says: /"name"/,
  },
  {
    name: "run with null as variables",
    call: (runtime) => runtime.run(greet, "in", { variables: null }),
    code: "input_invalid",
  },
  {
    name: "run with variables of another name",
    call: (runtime) => runtime.run(greet, "in", { variables: { nmae: "x", age: 1 } }),
    code: "input_invalid",
    says: /Did you mean name/,
  },
  {
    name: "run with variables of another type",
    call: (runtime) => runtime.run(greet, "in", { variables: { name: "x", age: "old" } }),
    code: "input_invalid",
  },
  {
    name: "run with variables that nobody declared",
    call: (runtime) => runtime.run(noop, "in", { variables: { name: "x" } }),
    code: "input_invalid",
  },
  {
    name: "run with a misspelt option",
    call: (runtime) => runtime.run(noop, "in", { variabls: {} }),
    code: "input_invalid",
    says: /no option `variabls`. Did you mean variables/,
  },
  {
    name: "run with NaN steps",
    call: (runtime) => runtime.run(noop, "in", { stepBudget: Number.NaN }),
    code: "input_invalid",
  },
  { name: "run with no steps", call: (runtime) => runtime.run(noop, "in", { stepBudget: 0 }), code: "input_invalid" },
  {
    name: "run with a symbol as steps",
    call: (runtime) => runtime.run(noop, "in", { stepBudget: Symbol("many") }),
    code: "input_invalid",
  },
  {
    name: "run with a controller as signal",
    call: (runtime) => runtime.run(noop, "in", { signal: new AbortController() }),
    code: "input_invalid",
    says: /AbortSignal/,
  },
  {
    name: "run a chain with an unknown hook",
    call: (runtime) => runtime.run(hooked, "in"),
    code: "chain_invalid",
    says: /outside/,
  },
  {
    name: "run a chain with an unknown handler",
    call: (runtime) => runtime.run(custom, "in"),
    code: "chain_invalid",
    says: /odd/,
  },
  {
    name: "run under an id that is a number",
    call: () => create({ ids: () => 5 }).run(noop, "in"),
    code: "settings_invalid",
    says: /`ids`/,
  },
  { name: "run under an empty id", call: () => create({ ids: () => "" }).run(noop, "in"), code: "settings_invalid" },
  {
    name: "run twice at once under the same id",
    call: () => {
      const one = create({ ids: () => "same" });
      return Promise.all([one.run(noop, "in"), one.run(noop, "in")]);
    },
    code: "settings_invalid",
    says: /"same"/,
  },
  { name: "start null", call: (runtime) => runtime.start(null, "in"), code: "chain_invalid" },
  { name: "start with a number as options", call: (runtime) => runtime.start(noop, "in", 5), code: "input_invalid" },
];
