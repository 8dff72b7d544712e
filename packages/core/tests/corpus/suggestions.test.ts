import { expect, test } from "vitest";
import { COMPOSE_STRATEGIES, OPERATORS } from "../../src/chain/chain.ts";
import { defineChain } from "../../src/chain/define-chain.ts";
import type { FindingCode } from "../../src/chain/finding.ts";
import { HANDLER_SPECS } from "../../src/chain/handler-spec.ts";
import { validateChain } from "../../src/chain/validate-chain.ts";
import { DATA_TYPES } from "../../src/value/data-type.ts";
import { parseRange } from "../../src/value/parse-range.ts";
import { branch, hook, noop, one } from "./chain-parts.ts";
import { RUNTIME } from "./known-runtime.ts";

const three = (target: string) => ({
  id: "c",
  tasks: [
    { id: "classify_ticket", ...noop, transition: { branches: [{ operator: "default", goto: target }] } },
    { id: "page_on_call", ...noop },
    { id: "reply", ...noop },
  ],
});
const key = { handler: "condition_key", valid_conditions: { urgent: true, normal: false } };
const giving = (output: object) => ({ handler: "raw_string", output });
const when = (task: object, word: string) =>
  one({
    ...task,
    transition: {
      branches: [
        { operator: "equals", when: word, goto: "end" },
        { operator: "default", goto: "end" },
      ],
    },
  });

/** Misspellings as people make them, each with what was meant. */
const MISSPELT: readonly (readonly [FindingCode, string, (word: string) => object, string])[] = [
  ["unknown_target", "page_oncall", three, "page_on_call"],
  ["unknown_target", "pageOnCall", three, "page_on_call"],
  ["unknown_target", "Reply", three, "reply"],
  ["unknown_target", "relpy", three, "reply"],
  ["unknown_target", "END", three, "end"],
  ["unknown_target", "edn", three, "end"],
  ["unknown_target", "clasify_ticket", three, "classify_ticket"],
  [
    "unknown_field",
    "prompt_tempalte",
    (name) => one({ ...hook, hook: { name: "notify" }, [name]: "x" }),
    "prompt_template",
  ],
  ["unknown_field", "prnt", (name) => one({ [name]: 1 }), "print"],
  ["unknown_field", "inputvar_", (name) => one({ [`${name}x`]: 1 }), "input_var"],
  ["unknown_field", "transitions", (name) => one({ [name]: {} }), "transition"],
  ["unknown_field", "task", (name) => one({}, { [name]: [] }), "tasks"],
  [
    "unknown_field",
    "temprature",
    (name) => one({ handler: "raw_string", execute_config: { [name]: 1 } }),
    "temperature",
  ],
  ["unknown_field", "max_token", (name) => one({ handler: "raw_string", execute_config: { [name]: 1 } }), "max_tokens"],
  ["unknown_field", "argz", (name) => one({ ...hook, hook: { name: "notify", [name]: {} } }), "args"],
  ["unknown_field", "withvar_", (name) => one({ compose: { with_var: "input", [`${name}s`]: "x" } }), "with_var"],
  ["unknown_field", "onfailure_", (name) => one({ transition: { [`${name}s`]: "end" } }), "on_failure"],
  ["unknown_field", "go_too", (name) => branch({ operator: "equals", when: "x", goto: "end", [name]: "end" }), "goto"],
  ["unknown_field", "prompt", (name) => one({ [name]: "x" }), "prompt_template"],
  ["unknown_field", "type", (name) => one({ [name]: "noop" }), "handler"],
  ["unknown_field", "name", (name) => one({ [name]: "b" }), "id"],
  ["unknown_field", "steps", (name) => one({}, { [name]: [] }), "tasks"],
  ["unknown_field", "target", (name) => branch({ operator: "equals", when: "x", goto: "", [name]: "end" }), "goto"],
  ["unknown_field", "value", (name) => branch({ operator: "equals", when: "", goto: "end", [name]: "x" }), "when"],
  ["unknown_field", "params", (name) => one({ ...hook, hook: { name: "notify", [name]: {} } }), "args"],
  ["unknown_field", "delay", (name) => one({ retry: { max: 1, [name]: "1s" } }), "backoff"],
  [
    "unknown_field",
    "next",
    (name) => one({ [name]: "end" }),
    '"transition": { "branches": [ { "operator": "default", "when": "", "goto": "end" } ] }',
  ],
  [
    "unknown_field",
    "Next",
    (name) => one({ [name]: { yes: "a", default: "end" } }),
    '"transition": { "branches": [ { "operator": "equals", "when": "yes", "goto": "a" }, { "operator": "default", "when": "", "goto": "end" } ] }',
  ],
  ["unknown_field", "onFailure", (name) => one({ [name]: "end" }), '"transition": { "on_failure": "end" }'],
  ["unknown_field", "on_failure", (name) => one({ [name]: "a" }), '"transition": { "on_failure": "a" }'],
  ["unknown_field", "branches", (name) => one({ [name]: [] }), '"transition": { "branches": [] }'],
  ["unknown_field", "model", (name) => one({ [name]: "m" }), '"execute_config": { "model": "m" }'],
  ["unknown_field", "maxTokens", (name) => one({}, { [name]: 5 }), '"execute_config": { "max_tokens": 5 }'],
  ["unknown_field", "args", (name) => one({ ...hook, hook: { name: "notify" }, [name]: {} }), '"hook": { "args": {} }'],
  [
    "unknown_field",
    "policy",
    (name) => one({ handler: "raw_string", execute_config: { [name]: "random" } }),
    '"routing": { "policy": "random" }',
  ],
  ["unknown_handler", "raw_sting", (name) => one({ handler: name }), "raw_string"],
  ["unknown_handler", "rawString", (name) => one({ handler: name }), "raw_string"],
  ["unknown_handler", "condition-key", (name) => one({ handler: name }), "condition_key"],
  ["unknown_handler", "Noop ", (name) => one({ handler: name }), "noop"],
  ["unknown_handler", "embeding", (name) => one({ handler: name }), "embedding"],
  ["unknown_handler", "summarize", (name) => one({ handler: name }), "summarise"],
  ["unknown_operator", "==", (name) => branch({ operator: name, when: "x" }), "equals"],
  ["unknown_operator", "equal", (name) => branch({ operator: name, when: "x" }), "equals"],
  ["unknown_operator", "startsWith", (name) => branch({ operator: name, when: "x" }), "starts_with"],
  ["unknown_operator", "contain", (name) => branch({ operator: name, when: "x" }), "contains"],
  ["unknown_operator", "inRange", (name) => branch({ operator: name, when: "1-2" }), "in_range"],
  ["unknown_operator", "Default", (name) => branch({ operator: name }), "default"],
  ["unknown_operator", ">=", (name) => branch({ operator: name, when: "5" }), "in_range"],
  ["unknown_operator", "lte", (name) => branch({ operator: name, when: "5" }), "in_range"],
  ["unknown_operator", "!=", (name) => branch({ operator: name, when: "x" }), "default"],
  ["unknown_operator", "else", (name) => branch({ operator: name }), "default"],
  ["unknown_strategy", "overide", (name) => one({ compose: { with_var: "input", strategy: name } }), "override"],
  [
    "unknown_strategy",
    "merge_chat_history",
    (name) => one({ compose: { with_var: "input", strategy: name } }),
    "merge_chat_histories",
  ],
  ["unknown_variable", "inptu", (name) => one({ prompt_template: `{{.${name}}}` }), "input"],
  ["unknown_variable", "previous_ouput", (name) => one({ input_var: name }), "previous_output"],
  ["unknown_variable", "failed_tsk", (name) => one({ compose: { with_var: name } }), "failed_task"],
  ["unknown_variable", "usr", (name) => one({ input_var: name }, { variables: { user: "string" } }), "user"],
  [
    "unknown_property",
    "nmae",
    (name) =>
      one(
        { prompt_template: `{{.input.${name}}}` },
        { input: { type: "object", properties: { name: {}, level: {} } } },
      ),
    "name",
  ],
  [
    "invalid_template",
    "my task",
    (id) => ({
      id: "c",
      tasks: [
        { id, ...noop, transition: { branches: [{ operator: "default", goto: "b" }] } },
        { id: "b", ...noop, prompt_template: `{{.${id}}}` },
      ],
    }),
    '{{index . "my task"}}',
  ],
  ["unknown_keyword", "requierd", (name) => one({}, { output: { [name]: ["a"] } }), "required"],
  ["unknown_keyword", "additonalProperties", (name) => one({}, { output: { [name]: false } }), "additionalProperties"],
  ["unknown_keyword", "ref", (name) => one({}, { output: { [name]: "#" } }), "$ref"],
  ["unknown_data_type", "strng", (name) => one({}, { input: name }), "string"],
  ["unknown_data_type", "chathistory", (name) => one({}, { variables: { x: name } }), "chat_history"],
  ["unknown_failure_class", "timout", (name) => one({ retry: { max: 1, on: [name] } }), "timeout"],
  ["unknown_failure_class", "Network", (name) => one({ retry: { max: 1, on: [name] } }), "network"],
  ["unknown_hook", "notfiy", (name) => one({ ...hook, hook: { name } }), "notify"],
  ["unknown_hook", "Charge", (name) => one({ ...hook, hook: { name } }), "charge"],
  ["unknown_policy", "roundrobin", (name) => one({}, { execute_config: { routing: { policy: name } } }), "round_robin"],
  ["unknown_group", "leagl", (name) => one({}, { execute_config: { routing: { group: name } } }), "legal"],
  ["unknown_group", "contract", (name) => one({}, { execute_config: { routing: { purpose: name } } }), "contracts"],
  ["unknown_model", "lama3:8b", (name) => one({}, { execute_config: { model: name } }), "llama3:8b"],
  ["unknown_model", "openai/gtp-4o", (name) => one({}, { execute_config: { models: [name] } }), "openai/gpt-4o"],
  ["unknown_model", "lama-3", (name) => one({}, { execute_config: { model: name } }), "llama3:8b"],
  [
    "unknown_model",
    "nomic.embed.txt",
    (name) => one({}, { execute_config: { model: name } }),
    "nomic-embed-text:latest",
  ],
  ["impossible_outcome", "Urgent", (word) => when(key, word), "urgent"],
  ["impossible_outcome", "nromal", (word) => when(key, word), "normal"],
  ["impossible_outcome", " yes", (word) => when({ handler: "raw_string" }, word), "yes"],
  ["impossible_outcome", "payy", (word) => when(giving({ enum: ["pay", "refuse"] }), word), "pay"],
  ["impossible_outcome", "True", (word) => when(giving({ type: ["boolean", "null"] }), word), "true"],
  ["impossible_outcome", "5.0", (word) => when(giving({ type: "integer" }), word), "5"],
  ["impossible_outcome", "nnoe", (word) => when(giving({ enum: ["none", 1] }), word), "none"],
  ["impossible_outcome", "help me", (word) => when({ handler: "parse_transition" }, word), "help"],
  ["impossible_outcome", "/help", (word) => when({ handler: "parse_transition" }, word), "help"],
  ["invalid_duration", "30", (word) => one({ timeout: word }), "30s"],
  ["invalid_duration", "1d", (word) => one({ timeout: word }), "24h"],
  ["invalid_duration", "5 min", (word) => one({ timeout: word }), "5m"],
  ["invalid_duration", "2 Hours", (word) => one({ timeout: word }), "2h"],
  ["invalid_duration", "1.5 seconds", (word) => one({ timeout: word }), "1.5s"],
  ["invalid_duration", "-5S", (word) => one({ retry: { max: 1, backoff: word } }), "5s"],
];

test.each(MISSPELT)("%s: for %j", (code, word, chainWith, meant) => {
  const found = validateChain(chainWith(word), RUNTIME).filter((finding) => finding.code === code);
  expect(found.map(({ suggestion }) => suggestion)).toEqual([meant]);
});

test.each([
  ["a target", "unknown_target", three("zebra")],
  ["a field", "unknown_field", one({ xylophone: 1 })],
  ["a handler", "unknown_handler", one({ handler: "zebra" })],
  ["a variable", "unknown_variable", one({ input_var: "zebra" })],
  ["a model", "unknown_model", one({}, { execute_config: { model: "zebra" } })],
  ["a condition", "impossible_outcome", when(key, "zebra")],
  ["a word", "impossible_outcome", when(giving({ enum: ["pay", "refuse"] }), "zebra")],
  ["a number", "impossible_outcome", when(giving({ type: "number" }), "high")],
])("nothing is suggested for %s that is like none", (_, code, chain) => {
  const [found] = validateChain(chain, RUNTIME).filter((finding) => finding.code === code);
  expect(found).toBeDefined();
  expect(found?.suggestion).toBeUndefined();
});

test.each([
  [">=", "5", "write it as the range `5-inf`"],
  ["<=", "5", "write it as the range `-inf to 5`"],
  ["!=", "x", "lead `x` on by `equals` in a branch before, and everything else by `default`"],
])("what %j says is said in another way", (operator, word, advice) => {
  const [found] = validateChain(branch({ operator, when: word, goto: "end" }));
  expect(found?.message).toContain(advice);
});

test("the ranges that are suggested are ranges", () => {
  expect(parseRange("5-inf")).toEqual({ low: 5, high: Number.POSITIVE_INFINITY });
  expect(parseRange("-inf to 5")).toEqual({ low: Number.NEGATIVE_INFINITY, high: 5 });
});

test("what is written short in code is said to stand in `transition` in JSON, and how", () => {
  const [found] = validateChain(one({ next: "end" }));
  expect(found?.message).toContain("in JSON what follows a task stands in `transition`");
  const [tasks] = validateChain({ id: "c", tasks: { ask: noop } });
  expect(tasks?.message).toBe('expected a list of tasks, each with its `id`: [{ "id": "ask", … }], got an object');
});

test.each([
  ["the body of a request", { input: "x", inputType: "string", chain: one({}) }],
  ["what parseChain gives", { chain: one({}), findings: [] }],
])("%s is said to have the chain in it, and nothing else", (_, given) => {
  expect(validateChain(given).map(({ code, path, message }) => [code, path, message])).toEqual([
    ["no_tasks", "$.tasks", expect.stringContaining("give its `chain`")],
  ]);
});

/** A word with two neighbouring letters swapped, where that gives another word. */
function swap(word: string): string {
  const middle = Math.floor(word.length / 2);
  return word.slice(0, middle - 1) + word.charAt(middle) + word.charAt(middle - 1) + word.slice(middle + 1);
}

const WORDS: readonly (readonly [string, readonly string[], FindingCode, (word: string) => object])[] = [
  ["handler", HANDLER_SPECS.map(({ name }) => name), "unknown_handler", (name) => one({ handler: name })],
  ["operator", OPERATORS, "unknown_operator", (name) => branch({ operator: name, when: "1" })],
  [
    "strategy",
    COMPOSE_STRATEGIES,
    "unknown_strategy",
    (name) => one({ compose: { with_var: "input", strategy: name } }),
  ],
  ["data type", DATA_TYPES, "unknown_data_type", (name) => one({}, { input: name })],
];

test.each(WORDS)("every %s is suggested for itself with two letters swapped", (_, words, code, chainWith) => {
  for (const word of words.filter((known) => known.length > 3 && swap(known) !== known)) {
    const [found] = validateChain(chainWith(swap(word))).filter((finding) => finding.code === code);
    expect(found?.suggestion).toBe(word);
  }
});

test.each(["1", "0", "42"])("an id that JavaScript would move is refused where tasks stand by id: %s", (id) => {
  const source = { id: "c", tasks: { [id]: { handler: "noop" } } };
  // A computed key is no literal, so the compiler cannot see it.
  expect(() => Reflect.apply(defineChain, undefined, [source])).toThrow(
    expect.objectContaining({ findings: [expect.objectContaining({ code: "integer_task_id", severity: "error" })] }),
  );
});
