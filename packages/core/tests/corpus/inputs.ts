import { scriptedBackend } from "@catenary/testing";
import { createRuntime, defineChain, parseChain, type Runtime, type RuntimeOptions } from "../../src/index.ts";

/** A call of the public API as somebody who writes JavaScript, without types, may write it. */
export interface BadCall {
  readonly name: string;
  /** What is called is of no type: that is the point. */
  readonly call: (runtime: Untyped) => unknown;
  readonly code: string;
  /** What the message says at least. */
  readonly says?: RegExp;
}

/** The public API without its types. */
export type Untyped = {
  readonly [Name in keyof Runtime]: Runtime[Name] extends (...given: never[]) => infer Result
    ? (...given: unknown[]) => Result
    : // biome-ignore lint/suspicious/noExplicitAny: stands for a caller without types
      any;
};

export const noop = defineChain({ id: "noop", tasks: { only: { handler: "noop" } } });
export const greet = defineChain({
  id: "greet",
  variables: { name: "string", age: "int" },
  tasks: { only: { handler: "noop", promptTemplate: "{{.name}} {{.age}}" } },
});
export const hooked = defineChain({
  id: "hooked",
  tasks: { only: { handler: "hook", hook: { name: "outside", args: { text: "{{.input}}" } } } },
});
export const custom = parseChain({ id: "custom", tasks: [{ id: "only", handler: "odd" }] }).chain ?? noop;

/** A runtime made with options that are of no type. */
export function create(options: unknown): Runtime {
  // Safe: options of another type are what is tested.
  return createRuntime(options as RuntimeOptions);
}

const withHook = (hook: unknown) => create({ hooks: { outside: hook } }).run(hooked, "in");
const withHandler = (execute: unknown) => create({ handlers: { odd: { execute } } }).run(custom, "in");
const withResult = (result: unknown) => withHandler(() => result);

const circle: Record<string, unknown> = {};
circle.self = circle;

/** What is given to `createRuntime`. */
export const OPTIONS: readonly BadCall[] = [
  { name: "null", call: () => create(null), code: "settings_invalid", says: /an object of options; got null/ },
  { name: "a text", call: () => create("ollama"), code: "settings_invalid" },
  {
    name: "a backend alone",
    call: () => create({ backends: scriptedBackend() }),
    code: "settings_invalid",
    says: /`backends`.*array/,
  },
  { name: "null as backend", call: () => create({ backends: [null] }), code: "invalid_entry", says: /backend.*null/ },
  {
    name: "a backend without models",
    call: () => create({ backends: [{ id: "b", type: "t" }] }),
    code: "invalid_entry",
    says: /listModels/,
  },
  {
    name: "a function as backend",
    call: () => create({ backends: [scriptedBackend] }),
    code: "invalid_entry",
    says: /a function/,
  },
  {
    name: "two backends of one id",
    call: () => create({ backends: [scriptedBackend(), scriptedBackend()] }),
    code: "already_exists",
  },
  {
    name: "a chain that is plain data",
    call: () => create({ chains: [{ id: "c", tasks: [] }] }),
    code: "invalid_entry",
    says: /defineChain/,
  },
  {
    name: "a number as hook",
    call: () => create({ hooks: { outside: 5 } }),
    code: "hook_request_invalid",
    says: /"outside"/,
  },
  { name: "null as hook", call: () => create({ hooks: { outside: null } }), code: "hook_request_invalid" },
  {
    name: "a hook without a function",
    call: () => create({ hooks: { outside: { run: "me" } } }),
    code: "hook_request_invalid",
  },
  {
    name: "a list of hooks",
    call: () => create({ hooks: [() => 1] }),
    code: "settings_invalid",
    says: /`hooks`.*an object/,
  },
  {
    name: "null as handler",
    call: () => create({ handlers: { odd: null } }),
    code: "settings_invalid",
    says: /handler odd/,
  },
  {
    name: "a function as handler",
    call: () => create({ handlers: { odd: () => 1 } }),
    code: "settings_invalid",
    says: /execute/,
  },
  {
    name: "a handler that is built in",
    call: () => create({ handlers: { noop: { execute() {} } } }),
    code: "already_exists",
  },
  {
    name: "NaN steps",
    call: () => create({ stepBudget: Number.NaN }),
    code: "settings_invalid",
    says: /stepBudget.*NaN/,
  },
  { name: "steps as a text", call: () => create({ stepBudget: "100" }), code: "settings_invalid" },
  {
    name: "a clock that only tells the time",
    call: () => create({ clock: { now: () => 0 } }),
    code: "settings_invalid",
    says: /setTimer/,
  },
  { name: "Date as clock", call: () => create({ clock: Date }), code: "settings_invalid" },
  { name: "an id as ids", call: () => create({ ids: "run-1" }), code: "settings_invalid", says: /`ids`/ },
  { name: "a number as random", call: () => create({ random: 0.5 }), code: "settings_invalid" },
  { name: "console as logger", call: () => create({ logger: 5 }), code: "settings_invalid", says: /`logger`/ },
  { name: "a Map as store", call: () => create({ store: new Map() }), code: "settings_invalid", says: /commit/ },
  {
    name: "a policy without a choice",
    call: () => create({ policies: [{ name: "mine" }] }),
    code: "settings_invalid",
    says: /choose/,
  },
  { name: "null as policy", call: () => create({ policies: [null] }), code: "settings_invalid" },
  {
    name: "a group without backends",
    call: () => create({ groups: [{ id: "g", models: [] }] }),
    code: "invalid_entry",
    says: /backends/,
  },
  { name: "a yes as pull", call: () => create({ pull: true }), code: "settings_invalid", says: /"missing" or "never"/ },
  { name: "a duration as syncEveryMs", call: () => create({ syncEveryMs: "10s" }), code: "settings_invalid" },
  { name: "a model without a name", call: () => create({ models: [{ contextLength: 5 }] }), code: "invalid_entry" },
  {
    name: "a text as defaults",
    call: () => create({ defaults: "smollm2" }),
    code: "settings_invalid",
    says: /`defaults`/,
  },
  {
    name: "a backend type without a name",
    call: () => create({ backendTypes: [null] }),
    code: "settings_invalid",
    says: /backendTypes/,
  },
];

/** What is given to a runtime. */
export const CALLS: readonly BadCall[] = [
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
  { name: "prompt nothing", call: (runtime) => runtime.prompt(), code: "input_invalid" },
  { name: "prompt an empty text", call: (runtime) => runtime.prompt(""), code: "input_invalid", says: /empty/ },
  { name: "prompt a number", call: (runtime) => runtime.prompt(5), code: "input_invalid", says: /a number/ },
  { name: "prompt with null as options", call: (runtime) => runtime.prompt("hi", null), code: "input_invalid" },
  {
    name: "prompt with a number as system",
    call: (runtime) => runtime.prompt("hi", { system: 5 }),
    code: "input_invalid",
  },
  {
    name: "prompt with a number as signal",
    call: (runtime) => runtime.prompt("hi", { signal: 5 }),
    code: "input_invalid",
  },
  {
    name: "prompt with an unknown policy",
    call: (runtime) => runtime.prompt("hi", { routing: { policy: "best" } }),
    code: "policy_unknown",
  },
  {
    name: "prompt an unknown model",
    call: (runtime) => runtime.prompt("hi", { model: "nobody" }),
    code: "no_candidate",
  },
  { name: "prompt a number of models", call: (runtime) => runtime.prompt("hi", { models: 5 }), code: "input_invalid" },
  {
    name: "prompt with a number as model",
    call: (runtime) => runtime.prompt("hi", { model: 5 }),
    code: "input_invalid",
  },
  { name: "chat nothing", call: (runtime) => runtime.chat(), code: "input_invalid" },
  { name: "chat null", call: (runtime) => runtime.chat(null), code: "input_invalid" },
  { name: "chat without a message", call: (runtime) => runtime.chat([]), code: "input_invalid", says: /message/ },
  { name: "chat a text", call: (runtime) => runtime.chat("hello"), code: "input_invalid" },
  { name: "chat texts", call: (runtime) => runtime.chat(["hello"]), code: "input_invalid" },
  {
    name: "chat a message without text",
    call: (runtime) => runtime.chat([{ role: "user", content: 5 }]),
    code: "input_invalid",
  },
  { name: "embed null", call: (runtime) => runtime.embed(null), code: "input_invalid" },
  { name: "embed an empty text", call: (runtime) => runtime.embed(""), code: "input_invalid" },
  { name: "embed many texts", call: (runtime) => runtime.embed(["a", "b"]), code: "input_invalid", says: /an array/ },
  { name: "listen with nothing", call: (runtime) => runtime.on("*"), code: "input_invalid", says: /a function/ },
  { name: "listen with a text", call: (runtime) => runtime.on("run_failed", "log"), code: "input_invalid" },
  {
    name: "listen to what never happens",
    call: (runtime) => runtime.on("run_complete", () => {}),
    code: "input_invalid",
    says: /Did you mean run_completed/,
  },
  { name: "register null as chain", call: (runtime) => runtime.chains.create(null), code: "invalid_entry" },
  {
    name: "register plain data as chain",
    call: (runtime) => runtime.chains.create({ id: "c" }, { origin: "record" }),
    code: "invalid_entry",
  },
  {
    name: "register with null as options",
    call: (runtime) => runtime.chains.create(greet, null),
    code: "invalid_entry",
  },
  {
    name: "register with an unknown origin",
    call: (runtime) => runtime.chains.create(greet, { origin: "records" }),
    code: "invalid_entry",
  },
  {
    name: "register a backend without an id",
    call: (runtime) => runtime.backends.create({ type: "t" }),
    code: "invalid_entry",
  },
  {
    name: "register a backend twice",
    call: (runtime) => runtime.backends.create(scriptedBackend()),
    code: "already_exists",
  },
  {
    name: "register a hook without a hook",
    call: (runtime) => runtime.hooks.create({ name: "h" }),
    code: "hook_request_invalid",
  },
  { name: "delete what nobody has", call: (runtime) => runtime.groups.delete("nobody"), code: "not_found" },
  { name: "delete a number", call: (runtime) => runtime.groups.delete(5), code: "not_found" },
  { name: "open a backend of no type", call: (runtime) => runtime.openBackend({ id: "b" }), code: "not_found" },
  { name: "open null", call: (runtime) => runtime.openBackend(null), code: "invalid_entry" },
];

/** Hooks and handlers that do what they should not, in a run. The codes are those of the failed task. */
export const CODE: readonly BadCall[] = [
  { name: "a hook that throws nothing", call: () => withHook(() => Promise.reject(undefined)), code: "hook_failed" },
  {
    name: "a hook that throws an object without a text",
    call: () => withHook(() => Promise.reject(Object.create(null))),
    code: "hook_failed",
  },
  { name: "a hook that returns a function", call: () => withHook(() => () => 1), code: "hook_response_invalid" },
  { name: "a hook that returns a circle", call: () => withHook(() => circle), code: "hook_response_invalid" },
  { name: "a hook that returns a bigint", call: () => withHook(() => 5n), code: "hook_response_invalid" },
  { name: "a hook that returns NaN", call: () => withHook(() => Number.NaN), code: "hook_response_invalid" },
  { name: "a handler that returns nothing", call: () => withResult(undefined), code: "handler_result_invalid" },
  { name: "a handler that returns null", call: () => withResult(null), code: "handler_result_invalid" },
  {
    name: "a handler that returns a text",
    call: () => withResult("done"),
    code: "handler_result_invalid",
    says: /a string/,
  },
  {
    name: "a handler that promises nothing",
    call: () => withResult(Promise.resolve()),
    code: "handler_result_invalid",
  },
  {
    name: "a handler that returns what only looks like a promise",
    // biome-ignore lint/suspicious/noThenProperty: what looks like a promise and is none is what is tested
    call: () => withResult({ then: 5 }),
    code: "handler_result_invalid",
  },
  { name: "a handler without an output", call: () => withResult({ outcome: "ok" }), code: "handler_result_invalid" },
  {
    name: "a handler with an output of no type",
    call: () => withResult({ output: { value: 1 }, outcome: "ok" }),
    code: "handler_result_invalid",
  },
  {
    name: "a handler with an output of an unknown type",
    call: () => withResult({ output: { type: "text", value: "" }, outcome: "ok" }),
    code: "handler_result_invalid",
    says: /"text"/,
  },
  {
    name: "a handler with an output of another type",
    call: () => withResult({ output: { type: "int", value: "many" }, outcome: "ok" }),
    code: "handler_result_invalid",
    says: /no int/,
  },
  {
    name: "a handler with a circle as output",
    call: () => withResult({ output: { type: "json", value: circle }, outcome: "ok" }),
    code: "handler_result_invalid",
  },
  {
    name: "a handler with a function as output",
    call: () => withResult({ output: { type: "any", value: () => 1 }, outcome: "ok" }),
    code: "handler_result_invalid",
  },
  {
    name: "a handler without an outcome",
    call: () => withResult({ output: { type: "int", value: 1 } }),
    code: "handler_result_invalid",
    says: /outcome/,
  },
  {
    name: "a handler with a number as outcome",
    call: () => withResult({ output: { type: "int", value: 1 }, outcome: 1 }),
    code: "handler_result_invalid",
  },
  {
    name: "a handler with half an outcome",
    call: () => withResult({ output: { type: "int", value: 1 }, outcome: { transition: "ok" } }),
    code: "handler_result_invalid",
  },
  {
    name: "a handler that throws an object without a text",
    call: () =>
      withHandler(() => {
        throw Object.create(null);
      }),
    code: "unexpected_error",
  },
  {
    name: "a handler that rejects with a circle",
    call: () => withHandler(() => Promise.reject(circle)),
    code: "unexpected_error",
  },
];
