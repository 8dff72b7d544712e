import { type BadCall, circle, create, custom, hooked } from "./bad-call.ts";

const withHook = (hook: unknown) => create({ hooks: { outside: hook } }).run(hooked, "in");
const withHandler = (execute: unknown) => create({ handlers: { odd: { execute } } }).run(custom, "in");
const withResult = (result: unknown) => withHandler(() => result);

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
