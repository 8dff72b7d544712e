import { type CorpusChain, hook, one } from "./chain-parts.ts";

/** The runtime that the chains of this file are checked for. */
export const RUNTIME = {
  handlers: new Map([["summarise", { name: "summarise", fields: [], required: [], output: "string" } as const]]),
  hooks: new Set(["notify", "charge"]),
  policies: new Set(["random", "round_robin"]),
  groups: new Set(["legal", "Legal matters"]),
  purposes: new Set(["contracts"]),
  models: new Set(["llama3:8b", "nomic-embed-text:latest", "openai/gpt-4o"]),
};

const text = { handler: "raw_string" };
const asks = (config: object) => one({ ...text, execute_config: config });

/** What only a runtime can tell. */
export const RUNTIME_CHAINS: readonly CorpusChain[] = [
  {
    name: "a misspelt custom handler",
    chain: one({ handler: "sumarise" }),
    expected: ["error unknown_handler $.tasks[0].handler"],
  },
  {
    name: "a misspelt hook",
    chain: one({ ...hook, hook: { name: "notfiy" } }),
    expected: ["error unknown_hook $.tasks[0].hook.name"],
  },
  {
    name: "a hook that is not there, with a way out",
    chain: one({ ...hook, hook: { name: "refund" }, transition: { on_failure: "end" } }),
    expected: ["warning unknown_hook $.tasks[0].hook.name"],
  },
  {
    name: "a policy that is not there",
    chain: asks({ routing: { policy: "cheapest" } }),
    expected: ["warning unknown_policy $.tasks[0].execute_config.routing.policy"],
  },
  {
    name: "a policy of the chain that is not there",
    chain: one(text, { execute_config: { routing: { policy: "Random" } } }),
    expected: ["warning unknown_policy $.execute_config.routing.policy"],
  },
  {
    name: "a group that is not there",
    chain: asks({ routing: { group: "medical" } }),
    expected: ["warning unknown_group $.tasks[0].execute_config.routing.group"],
  },
  {
    name: "a group by its name, and a purpose of the chain that is not there",
    chain: one(
      { ...text, execute_config: { routing: { group: "Legal matters" } } },
      { execute_config: { routing: { purpose: "contract" } } },
    ),
    expected: ["warning unknown_group $.execute_config.routing.purpose"],
  },
  {
    name: "a model that nobody serves",
    chain: asks({ model: "mistral" }),
    expected: ["warning unknown_model $.tasks[0].execute_config.model"],
  },
  {
    name: "another size of a model",
    chain: asks({ models: ["llama3", "llama3:70b"] }),
    expected: ["warning unknown_model $.tasks[0].execute_config.models[1]"],
  },
  {
    name: "a model of the chain that nobody serves",
    chain: one(text, { execute_config: { model: "lama3:8b" } }),
    expected: ["warning unknown_model $.execute_config.model"],
  },
  {
    name: "models in other spellings, and one that is not used",
    chain: {
      id: "c",
      tasks: [
        {
          id: "a",
          ...text,
          execute_config: { model: "LLaMA-3", models: ["GPT-4o", "nomic-embed-text"] },
          transition: { branches: [{ operator: "default", goto: "b" }] },
        },
        { id: "b", handler: "noop", execute_config: { model: "nobody" } },
      ],
    },
    expected: ["warning unused_field $.tasks[1].execute_config"],
  },
];
