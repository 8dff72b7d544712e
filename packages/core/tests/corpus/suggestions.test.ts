import { expect, test } from "vitest";
import { COMPOSE_STRATEGIES, OPERATORS } from "../../src/chain/chain.ts";
import { defineChain } from "../../src/chain/define-chain.ts";
import type { FindingCode } from "../../src/chain/finding.ts";
import { HANDLER_SPECS } from "../../src/chain/handler-spec.ts";
import { validateChain } from "../../src/chain/validate-chain.ts";
import { DATA_TYPES } from "../../src/value/data-type.ts";
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
  ["impossible_outcome", "Urgent", (word) => when(key, word), "urgent"],
  ["impossible_outcome", "nromal", (word) => when(key, word), "normal"],
  ["impossible_outcome", " yes", (word) => when({ handler: "raw_string" }, word), "yes"],
  ["impossible_outcome", "help me", (word) => when({ handler: "parse_transition" }, word), "help"],
  ["invalid_duration", "30", (word) => one({ timeout: word }), "30s"],
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
])("nothing is suggested for %s that is like none", (_, code, chain) => {
  const [found] = validateChain(chain, RUNTIME).filter((finding) => finding.code === code);
  expect(found).toBeDefined();
  expect(found?.suggestion).toBeUndefined();
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
