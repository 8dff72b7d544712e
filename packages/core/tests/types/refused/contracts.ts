import { defineChain, type HookInvocation } from "@catenary/core";
import { z } from "zod";

defineChain({
  id: "a_number_of_a_text",
  // expect: TS2322 ask ends the chain with what this schema never allows | end with a task that gives what it says
  output: { type: "number" },
  tasks: { ask: { handler: "raw_string" } },
});

defineChain({
  id: "an_object_of_a_text",
  // expect: TS2322 ask ends the chain with what this schema never allows
  output: z.object({ left: z.number() }),
  tasks: { ask: { handler: "raw_string" } },
});

defineChain({
  id: "one_ending_of_two",
  // expect: TS2322 rate ends the chain with what this schema never allows
  output: z.string(),
  tasks: {
    ask: { handler: "raw_string", next: { score: "rate", default: "end" } },
    rate: { handler: "parse_score" },
  },
});

defineChain({
  id: "list",
  // expect: TS2322 rate ends the chain with what this schema never allows
  output: { type: ["object", "null"], properties: {} },
  tasks: [
    { id: "ask", handler: "raw_string", next: "rate" },
    { id: "rate", handler: "parse_score" },
  ],
});

defineChain({
  id: "other_words",
  // expect: TS2322 ask ends the chain with what this schema never allows
  output: z.enum(["ja", "nein"]),
  tasks: { ask: { handler: "raw_string", output: z.enum(["yes", "no"]) } },
});

defineChain({
  id: "a_property_of_another_type",
  // expect: TS2322 ask ends the chain with what this schema never allows
  output: { type: "object", properties: { left: { type: "number" } }, required: ["left"] },
  tasks: {
    ask: { handler: "raw_string", output: { type: "object", properties: { left: { type: "string" } } } },
  },
});

defineChain({
  id: "a_property_that_is_not_there",
  // expect: TS2322 ask ends the chain with what this schema never allows
  output: z.object({ left: z.number() }),
  tasks: { ask: { handler: "raw_string", output: z.object({ lost: z.number() }) } },
});

defineChain({
  id: "a_property_of_a_closed_schema",
  // expect: TS2322 ask ends the chain with what this schema never allows
  output: { type: "object", properties: { left: {} }, required: ["left"] },
  tasks: {
    ask: { handler: "raw_string", output: { type: "object", properties: { a: {} }, additionalProperties: false } },
  },
});

const hooks = { stock: ({ args }: HookInvocation<{ item: string }>) => ({ lost: args.item.length }) };

defineChain.with<typeof hooks>()({
  id: "of_a_hook",
  // expect: TS2322 stock ends the chain with what this schema never allows
  output: z.object({ left: z.number() }),
  tasks: { stock: { handler: "hook", hook: { name: "stock", args: { item: "{{.input}}" } } } },
});

defineChain({
  id: "object_as_prompt",
  // expect: TS2322 ask, the first task, never takes this input | promptTemplate, such as {{toJson .input}}
  input: z.object({ text: z.string() }),
  tasks: { ask: { handler: "raw_string" } },
});

defineChain({
  id: "schema_as_prompt",
  // expect: TS2322 ask, the first task, never takes this input
  input: { type: "object" },
  tasks: {
    ask: { handler: "condition_key", validConditions: { yes: true }, next: { yes: "tell", default: "end" } },
    tell: { handler: "raw_string", promptTemplate: "{{.input.text}}" },
  },
});

defineChain({
  id: "list_as_prompt",
  // expect: TS2322 ask, the first task, never takes this input
  input: z.array(z.string()),
  tasks: [
    { id: "ask", handler: "parse_key_value", next: "tell" },
    { id: "tell", handler: "noop", next: "ask" },
  ],
});

defineChain({
  id: "vector_as_prompt",
  // expect: TS2322 ask, the first task, never takes this input
  input: "vector",
  tasks: { ask: { handler: "raw_string" } },
});

defineChain({
  id: "text_as_conversation",
  // expect: TS2322 answer, the first task, never takes this input | it takes a conversation, so write input:
  input: "string",
  tasks: {
    answer: { handler: "model_execution", transition: { branches: [{ operator: "default", goto: "tell" }] } },
    tell: { handler: "noop" },
  },
});
