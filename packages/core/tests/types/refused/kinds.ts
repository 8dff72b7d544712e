import { defineChain } from "@catenary/core";

// Every field of a chain, with a value of a kind that it does not have.

const b = { handler: "noop" } as const;

defineChain({
  id: "templates",
  tasks: {
    // expect: TS2322 'number' is not assignable to type 'string'
    number: { handler: "raw_string", promptTemplate: 5 },
    // expect: TS2322 is not assignable to type 'string'
    object: { handler: "raw_string", promptTemplate: { text: "x" } },
    // expect: TS2322 'null' is not assignable to type 'string'
    nothing: { handler: "raw_string", promptTemplate: null },
    // expect: TS2322 is not assignable to type 'string'
    code: { handler: "raw_string", promptTemplate: (x: string) => x },
    // expect: TS2322 'boolean' is not assignable to type 'string'
    instruction: { handler: "raw_string", systemInstruction: true },
    // expect: TS2322 is not assignable to type 'string'
    instructions: { handler: "raw_string", systemInstruction: ["x"] },
    // expect: TS2322 'number' is not assignable to type 'string'
    print: { handler: "noop", print: 5 },
    // expect: TS2322 'number' is not assignable to type 'string'
    output: { handler: "hook", hook: { name: "h" }, outputTemplate: 5 },
  },
});

defineChain({
  id: "next",
  tasks: {
    // expect: TS2322 'null' is not assignable | "b"
    nothing: { handler: "raw_string", next: null },
    // expect: TS2322 is not assignable | "b"
    number: { handler: "raw_string", next: 5 },
    // expect: TS2322 is not assignable | "b"
    truth: { handler: "raw_string", next: true },
    // expect: TS2322 is not assignable | "b"
    list: { handler: "raw_string", next: ["b"] },
    // expect: TS2322 is not assignable | "b"
    code: { handler: "raw_string", next: () => "b" },
    // expect: TS2322 'null' is not assignable | "b"
    outcome: { handler: "raw_string", next: { default: null } },
    // expect: TS2322 is not assignable | "b"
    few: { handler: "noop", next: ["b"] },
    // expect: TS2322 'null' is not assignable | "b"
    known: { handler: "condition_key", validConditions: { yes: true }, next: null },
    b,
  },
});

defineChain({
  id: "targets",
  tasks: {
    // expect: TS2322 'number' is not assignable | "b"
    failure: { handler: "raw_string", onFailure: 5 },
    // expect: TS2322 'null' is not assignable | "b"
    nothing: { handler: "raw_string", onFailure: null },
    // expect: TS2322 'number' is not assignable | "b"
    inside: { handler: "raw_string", transition: { onFailure: 5 } },
    // expect: TS2322 'number' is not assignable | "b"
    goto: { handler: "raw_string", transition: { branches: [{ operator: "default", goto: 5 }] } },
    b,
  },
});

defineChain({
  id: "transition",
  tasks: {
    // expect: TS2322 is not assignable | BranchSource
    text: { handler: "raw_string", transition: { branches: "x" } },
    // expect: TS2322|TS2740 BranchSource
    object: { handler: "raw_string", transition: { branches: {} } },
    // expect: TS2322 'null' is not assignable
    nothing: { handler: "raw_string", transition: { branches: null } },
    // expect: TS2322 is not assignable
    branch: { handler: "raw_string", transition: { branches: ["b"] } },
    // expect: TS2559|TS2322 CheckedTransition
    number: { handler: "raw_string", transition: 5 },
    // expect: TS2322 'null' is not assignable
    none: { handler: "raw_string", transition: null },
    // expect: TS2322 'boolean' is not assignable
    when: { handler: "raw_string", transition: { branches: [{ operator: "equals", when: true, goto: "end" }] } },
    // expect: TS2322 'number' is not assignable
    operator: { handler: "raw_string", transition: { branches: [{ operator: 5, when: "x", goto: "end" }] } },
  },
});

defineChain({
  id: "hooks",
  tasks: {
    // expect: TS2322 'number' is not assignable
    hook: { handler: "hook", hook: 5 },
    // expect: TS2322 'number' is not assignable to type 'string'
    name: { handler: "hook", hook: { name: 5 } },
    // expect: TS2322 'number' is not assignable
    number: { handler: "hook", hook: { name: "h", args: 5 } },
    // expect: TS2322 'string' is not assignable
    text: { handler: "hook", hook: { name: "h", args: "x" } },
    // expect: TS2322 is not assignable
    list: { handler: "hook", hook: { name: "h", args: ["x"] } },
    // expect: TS2322 'null' is not assignable
    nothing: { handler: "hook", hook: { name: "h", args: null } },
    // expect: TS2322 is not assignable
    code: { handler: "hook", hook: { name: "h", args: { call: () => 1 } } },
  },
});

defineChain({
  id: "values",
  tasks: {
    // expect: TS2322 'number' is not assignable to type 'string'
    description: { handler: "noop", description: 5 },
    // expect: TS2322 'number' is not assignable
    inputVar: { handler: "noop", inputVar: 5 },
    // expect: TS2322 'string' is not assignable
    compose: { handler: "noop", compose: "input" },
    // expect: TS2322 'number' is not assignable
    withVar: { handler: "noop", compose: { withVar: 5 } },
    // expect: TS2322 'number' is not assignable to type 'string'
    timeout: { handler: "noop", timeout: 30 },
    // expect: TS2322 'string' is not assignable to type 'number'
    retryOnFailure: { handler: "noop", retryOnFailure: "2" },
    // expect: TS2322 'number' is not assignable
    retry: { handler: "noop", retry: 2 },
    // expect: TS2322 'string' is not assignable to type 'number'
    retryMax: { handler: "noop", retry: { max: "2" } },
    // expect: TS2322 'number' is not assignable to type 'string'
    retryBackoff: { handler: "noop", retry: { max: 2, backoff: 500 } },
    // expect: TS2322 is not assignable
    retryOn: { handler: "noop", retry: { max: 2, on: "timeout" } },
    // expect: TS2322 'string' is not assignable to type 'boolean'
    stream: { handler: "raw_string", stream: "yes" },
    // expect: TS2322 'string' is not assignable to type 'boolean'
    restart: { handler: "raw_string", restart: "yes" },
    // expect: TS2322 'number' is not assignable
    output: { handler: "raw_string", output: 5 },
    // expect: TS2322 is not assignable
    conditions: { handler: "condition_key", validConditions: ["yes"] },
    // expect: TS2322 'string' is not assignable to type 'boolean'
    condition: { handler: "condition_key", validConditions: { yes: "true" } },
    // expect: TS2559|TS2322 ExecuteConfig
    config: { handler: "raw_string", executeConfig: "m" },
    // expect: TS2322 'number' is not assignable to type 'string'
    model: { handler: "raw_string", executeConfig: { model: 5 } },
    // expect: TS2322 is not assignable
    models: { handler: "raw_string", executeConfig: { models: "m" } },
    // expect: TS2322 'string' is not assignable to type 'number'
    temperature: { handler: "raw_string", executeConfig: { temperature: "0" } },
    // expect: TS2559|TS2322 RoutingConfig
    routing: { handler: "raw_string", executeConfig: { routing: "random" } },
    // expect: TS2322 'number' is not assignable to type 'string'
    policy: { handler: "raw_string", executeConfig: { routing: { policy: 5 } } },
    // expect: TS2322 'number' is not assignable
    handler: { handler: 5 },
    // expect: TS2322 'null' is not assignable
    task: null,
    // expect: TS2322 'string' is not assignable
    word: "noop",
  },
});

defineChain({
  // expect: TS2322 'number' is not assignable to type 'string'
  id: 5,
  tasks: { b },
});

defineChain({
  id: "of_the_chain",
  // expect: TS2322 'number' is not assignable to type 'string'
  description: 5,
  // expect: TS2322 'string' is not assignable to type 'boolean'
  debug: "yes",
  // expect: TS2322 'string' is not assignable to type 'number'
  tokenLimit: "500",
  // expect: TS2559|TS2322 ExecuteConfig
  executeConfig: "m",
  // expect: TS2322 'number' is not assignable
  variables: { user: 5 },
  tasks: { b },
});

defineChain({
  id: "input",
  // expect: TS2322 'number' is not assignable
  input: 5,
  // expect: TS2322 'number' is not assignable
  output: 5,
  tasks: { b },
});

defineChain({
  id: "no_tasks",
  // expect: TS2322 needs at least one task
  tasks: {},
});

defineChain({
  id: "no_tasks_in_a_list",
  // expect: TS2322 needs at least one task
  tasks: [],
});

defineChain({
  id: "reserved",
  tasks: {
    // expect: TS2322 give the task another name
    end: { handler: "noop" },
  },
});

defineChain({
  id: "reserved_in_a_list",
  tasks: [
    // expect: TS2322 give the task another name
    { id: "end", handler: "noop" },
  ],
});

defineChain({
  id: "twice",
  tasks: {
    // expect: TS2322 the branches of transition say the same
    ways: { handler: "noop", next: "b", transition: { branches: [{ operator: "default", goto: "b" }] } },
    // expect: TS2322 onFailure in transition says the same
    failures: { handler: "noop", next: "b", onFailure: "b", transition: { onFailure: "end" } },
    b,
  },
});

defineChain({
  id: "never_succeeds",
  tasks: {
    // expect: TS2353 'next' does not exist
    refuse: { handler: "raise_error", promptTemplate: "no", next: "b" },
    b,
  },
});
