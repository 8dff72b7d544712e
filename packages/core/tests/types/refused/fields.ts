import { defineChain } from "@catenary/core";

defineChain({
  id: "handler",
  tasks: {
    // expect: TS2820 '"raw_strng"' | Did you mean '"raw_string"'? | bound by defineChain.with<{ handlers: typeof handlers }>()
    ask: { handler: "raw_strng", promptTemplate: "{{.input}}" },
  },
});

defineChain({
  id: "no_handler",
  tasks: {
    // expect: TS2741 Property 'handler' is missing
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
    // expect: TS2741 Property 'id' is missing
    { handler: "raw_string" },
    // expect: TS2741 Property 'id' is missing
    { handler: "raw_string", promptTemplate: "{{.input}}", next: "end" },
    // expect: TS2741|TS2322 Property 'handler' is missing
    { id: "ask", promptTemplate: "{{.input}}" },
  ],
});

defineChain({
  id: "own_handler",
  tasks: {
    // expect: TS2322 '"summarise_mail"' | bound by defineChain.with<{ handlers: typeof handlers }>()
    ask: { handler: "summarise_mail", next: "end" },
  },
});

defineChain({
  id: "strategy",
  tasks: {
    // expect: TS2820 '"overide"' | Did you mean '"override"'?
    ask: { handler: "raw_string", compose: { withVar: "input", strategy: "overide" } },
  },
});

defineChain({
  id: "no_variable_to_combine_with",
  tasks: {
    // expect: TS2741 Property 'withVar' is missing
    ask: { handler: "raw_string", compose: { strategy: "override" } },
  },
});

defineChain({
  id: "kind_of_failure",
  tasks: {
    // expect: TS2820 '"timout"' | Did you mean '"timeout"'?
    ask: { handler: "raw_string", retry: { max: 2, on: ["network", "timout"] } },
  },
});

defineChain({
  id: "retry",
  tasks: {
    // expect: TS2561|TS2353 'backof' does not exist | backoff
    ask: { handler: "raw_string", retry: { max: 2, backof: "1s" } },
  },
});

defineChain({
  id: "no_limit_of_retries",
  tasks: {
    // expect: TS2741 Property 'max' is missing
    ask: { handler: "raw_string", retry: { backoff: "1s" } },
  },
});

defineChain({
  id: "execute_config",
  tasks: {
    // expect: TS2561 'temprature' does not exist | Did you mean to write 'temperature'?
    ask: { handler: "raw_string", executeConfig: { model: "m", temprature: 0 } },
  },
});

defineChain({
  id: "execute_config_of_the_chain",
  // expect: TS2561 'modle' does not exist | Did you mean to write 'model'?
  executeConfig: { modle: "m" },
  tasks: { ask: { handler: "raw_string" } },
});

defineChain({
  id: "routing",
  tasks: {
    // expect: TS2561|TS2353 'polcy' does not exist
    ask: { handler: "raw_string", executeConfig: { routing: { polcy: "random" } } },
  },
});

defineChain({
  id: "kind_of_setting",
  tasks: {
    // expect: TS2322 'string' is not assignable to type 'number'
    ask: { handler: "raw_string", executeConfig: { temperature: "hot" } },
  },
});

defineChain({
  id: "condition_of_the_wrong_kind",
  tasks: {
    // expect: TS2322 'string' is not assignable to type 'boolean'
    ask: { handler: "condition_key", validConditions: { yes: true, no: "false" } },
  },
});

defineChain({
  id: "variable_of_no_type",
  // expect: TS2820 '"strng"' | Did you mean '"string"'?
  variables: { language: "strng" },
  tasks: { ask: { handler: "raw_string" } },
});

defineChain({
  id: "variable_of_a_schema",
  // expect: TS2322 Type '{ type: string; }' is not assignable to type | "chat_history"
  variables: { language: { type: "string" } },
  tasks: { ask: { handler: "raw_string" } },
});

defineChain({
  id: "branch",
  tasks: {
    ask: {
      handler: "raw_string",
      // expect: TS2353 'target' does not exist
      transition: { branches: [{ operator: "default", target: "end" }] },
    },
  },
});

defineChain({
  id: "list_of_faults",
  tasks: [
    // expect: TS2820 '"raw_strng"' | Did you mean '"raw_string"'?
    { id: "ask", handler: "raw_strng", next: "tell" },
    // expect: TS2561 'promtTemplate' does not exist
    { id: "tell", handler: "raw_string", promtTemplate: "{{.input}}", next: "sort" },
    // expect: TS2741|TS2322 Property 'validConditions' is missing
    { id: "sort", handler: "condition_key", next: "last" },
    // expect: TS2561 'temprature' does not exist
    { id: "last", handler: "raw_string", executeConfig: { temprature: 0 } },
  ],
});
