import { scriptedBackend } from "@catenary/testing";
import { type BadCall, create } from "./bad-call.ts";

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
