import { defineChain } from "@catenary/core";
import { z } from "zod";

const validConditions = { urgent: true, normal: false } as const;

defineChain({
  id: "when",
  tasks: {
    ask: {
      handler: "condition_key",
      validConditions,
      // expect: TS2820 '"urgnt"' | Did you mean '"urgent"'?
      transition: { branches: [{ operator: "equals", when: "urgnt", goto: "end" }] },
    },
  },
});

defineChain({
  id: "next",
  tasks: {
    // expect: TS2561 'urgnt' does not exist | Did you mean to write 'urgent'?
    ask: { handler: "condition_key", validConditions, next: { urgnt: "end", default: "end" } },
  },
});

defineChain({
  id: "hook",
  tasks: {
    // expect: TS2353 'paged' does not exist | ok
    page: { handler: "hook", hook: { name: "page" }, next: { paged: "end", default: "page" } },
  },
});

defineChain({
  id: "embedding",
  tasks: {
    // expect: TS2322 '"done"' is not assignable to type '"ok"'
    embed: { handler: "embedding", transition: { branches: [{ operator: "equals", when: "done", goto: "end" }] } },
  },
});

defineChain({
  id: "missing_when",
  tasks: {
    // expect: TS2741 Property 'when' is missing
    ask: { handler: "raw_string", transition: { branches: [{ operator: "contains", goto: "end" }] } },
  },
});

defineChain({
  id: "operator",
  tasks: {
    // expect: TS2820 '"equal"' | Did you mean '"equals"'?
    ask: { handler: "raw_string", transition: { branches: [{ operator: "equal", when: "yes", goto: "end" }] } },
  },
});

defineChain({
  id: "greater",
  tasks: {
    // expect: TS2322 is not assignable to type 'number'
    ask: { handler: "parse_score", transition: { branches: [{ operator: ">", when: "many", goto: "end" }] } },
  },
});

defineChain({
  id: "less",
  tasks: {
    // expect: TS2322 'boolean' is not assignable to type 'number'
    ask: { handler: "parse_score", transition: { branches: [{ operator: "lt", when: true, goto: "end" }] } },
  },
});

defineChain({
  id: "in_range",
  tasks: {
    // expect: TS2322 '"low"' is not assignable | ${number}-${number}
    ask: { handler: "parse_score", transition: { branches: [{ operator: "in_range", when: "low", goto: "end" }] } },
  },
});

defineChain({
  id: "equals_nothing",
  tasks: {
    // expect: TS2741 Property 'when' is missing
    ask: { handler: "raw_string", transition: { branches: [{ operator: "equals", goto: "end" }] } },
  },
});

defineChain({
  id: "list",
  tasks: [
    {
      id: "ask",
      handler: "condition_key",
      validConditions,
      // expect: TS2820 '"urgnt"' | Did you mean '"urgent"'?
      transition: { branches: [{ operator: "equals", when: "urgnt", goto: "rate" }] },
    },
    // expect: TS2322 is not assignable to type 'number'
    { id: "rate", handler: "parse_score", transition: { branches: [{ operator: ">", when: "many", goto: "sort" }] } },
    // expect: TS2561 'urgnt' does not exist | Did you mean to write 'urgent'?
    { id: "sort", handler: "condition_key", validConditions, next: { urgnt: "end", default: "tell" } },
    // expect: TS2741 Property 'when' is missing
    { id: "tell", handler: "raw_string", transition: { branches: [{ operator: "starts_with", goto: "end" }] } },
  ],
});

defineChain({
  id: "structured_words",
  tasks: {
    // expect: TS2561 'payy' does not exist | Did you mean to write 'pay'?
    ask: { handler: "raw_string", output: z.enum(["pay", "refuse"]), next: { payy: "end", default: "end" } },
  },
});

defineChain({
  id: "structured_json_schema",
  tasks: {
    ask: {
      handler: "raw_string",
      output: { type: "string", enum: ["pay", "refuse"] },
      // expect: TS2820 '"payy"' | Did you mean '"pay"'?
      transition: { branches: [{ operator: "equals", when: "payy", goto: "end" }] },
    },
  },
});

defineChain({
  id: "structured_object",
  tasks: {
    // expect: TS2353 'paged' does not exist | ok
    ask: { handler: "raw_string", output: z.object({ answer: z.string() }), next: { paged: "end", default: "end" } },
  },
});

defineChain({
  id: "structured_boolean",
  tasks: {
    // expect: TS2353 'yes' does not exist | true
    ask: { handler: "raw_string", output: z.boolean(), next: { yes: "end", default: "end" } },
  },
});
