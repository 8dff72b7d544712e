import { scriptedBackend } from "@catenary/testing";
import { type BadCall, greet } from "./bad-call.ts";

/** What else is given to a runtime. */
export const CALLS: readonly BadCall[] = [
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
