import { defineChain } from "@catenary/core";

defineChain({
  id: "handler",
  tasks: {
    // expect: TS2820 '"raw_strng"' | Did you mean '"raw_string"'?
    ask: { handler: "raw_strng", promptTemplate: "{{.input}}" },
  },
});

defineChain({
  id: "no_handler",
  tasks: {
    // expect: TS2741|TS2353 handler
    ask: { promptTemplate: "{{.input}}" },
  },
});

defineChain({
  id: "mistyped",
  tasks: {
    // expect: TS2561 'promtTemplate' does not exist | Did you mean to write 'promptTemplate'?
    ask: { handler: "raw_string", promtTemplate: "{{.input}}" },
  },
});

defineChain({
  id: "of_another_handler",
  tasks: {
    // expect: TS2353 'validConditions' does not exist
    pass: { handler: "noop", validConditions: { yes: true } },
  },
});

defineChain({
  id: "no_model",
  tasks: {
    // expect: TS2353 'systemInstruction' does not exist
    pass: { handler: "parse_key_value", systemInstruction: "Be brief." },
  },
});

defineChain({
  id: "no_conditions",
  tasks: {
    // expect: TS2741 Property 'validConditions' is missing
    ask: { handler: "condition_key" },
  },
});

defineChain({
  id: "no_hook",
  tasks: {
    // expect: TS2741 Property 'hook' is missing
    page: { handler: "hook", next: "end" },
  },
});

defineChain({
  id: "no_hook_name",
  tasks: {
    // expect: TS2741 Property 'name' is missing
    page: { handler: "hook", hook: { args: {} } },
  },
});

defineChain({
  id: "kind_of_value",
  tasks: {
    // expect: TS2322 'string' is not assignable to type 'number'
    ask: { handler: "raw_string", retryOnFailure: "twice" },
  },
});

defineChain({
  id: "of_the_chain",
  // expect: TS2561 'tokenLimits' does not exist | Did you mean to write 'tokenLimit'?
  tokenLimits: 500,
  tasks: { ask: { handler: "raw_string" } },
});

defineChain({
  id: "input_type",
  // expect: TS2820 '"strin"' | Did you mean '"string"'?
  input: "strin",
  tasks: { ask: { handler: "raw_string" } },
});

// expect: TS2741|TS2345 Property 'id' is missing
defineChain({ tasks: { ask: { handler: "raw_string" } } });

defineChain({
  id: "list",
  tasks: [
    // expect: TS2741|TS2353 id
    { handler: "raw_string" },
  ],
});
