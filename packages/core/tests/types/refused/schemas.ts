import { defineChain } from "@catenary/core";
import * as v from "valibot";

/** Of a library that says its JSON Schema to nobody. */
declare const elder: { readonly "~standard": { readonly version: 1; readonly vendor: "elder" } };

defineChain({
  id: "of_a_task",
  tasks: {
    // expect: TS2322 this schema cannot say its JSON Schema | zod 4.2 | toStandardJsonSchema
    ask: { handler: "raw_string", output: elder },
  },
});

defineChain({
  id: "of_the_input",
  // expect: TS2322 this schema cannot say its JSON Schema
  input: elder,
  tasks: { ask: { handler: "raw_string", promptTemplate: "{{toJson .input}}" } },
});

defineChain({
  id: "of_the_output",
  // expect: TS2322 this schema cannot say its JSON Schema
  output: elder,
  tasks: { ask: { handler: "raw_string" } },
});

defineChain({
  id: "a_word_for_a_schema",
  // expect: TS2322 'string' is not assignable to type
  output: "string",
  tasks: { ask: { handler: "raw_string" } },
});

defineChain({
  id: "a_word_for_the_schema_of_a_task",
  tasks: {
    // expect: TS2322 'string' is not assignable to type
    ask: { handler: "raw_string", output: "json" },
  },
});

defineChain({
  id: "of_a_handler_that_has_none",
  tasks: {
    // expect: TS2353 'output' does not exist
    ask: { handler: "parse_number", output: { type: "number" } },
  },
});

defineChain({
  id: "of_valibot_as_it_is",
  tasks: {
    // expect: TS2322 this schema cannot say its JSON Schema | toStandardJsonSchema for valibot
    ask: { handler: "raw_string", output: v.string() },
  },
});
