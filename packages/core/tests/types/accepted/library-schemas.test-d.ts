// What the compiler knows of values that have a schema of a library. It is checked by the type checker and never run.
import { type Chain, type ChainNeeds, createRuntime, defineChain, type Json } from "@catenary/core";
import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { z } from "zod";
import { same } from "./equal.ts";

const Ticket = z.object({
  subject: z.string(),
  level: z.enum(["low", "high"]),
  at: z.number().optional(),
});

const sort = defineChain({
  id: "sort",
  input: z.object({ text: z.string(), limit: z.number().optional() }),
  tasks: {
    read: { handler: "raw_string", promptTemplate: "Sort: {{.input.text}}", output: Ticket, onFailure: "none" },
    none: { handler: "raise_error", promptTemplate: "It failed." },
  },
});
same<
  typeof sort,
  Chain<
    { text: string; limit?: number | undefined },
    { subject: string; level: "low" | "high"; at?: number | undefined },
    ChainNeeds<never>
  >
>();

/** The chain's own schema holds, whatever its tasks produce. */
const whole = defineChain({
  id: "whole",
  output: z.array(z.string()),
  tasks: { ask: { handler: "hook", hook: { name: "list" } } },
});
same<typeof whole, Chain<string, string[], ChainNeeds<"list">>>();

/** The libraries that can say their JSON Schema, which their values are as they say. */
const ark = defineChain({
  id: "ark",
  input: type({ text: "string" }),
  tasks: {
    read: {
      handler: "raw_string",
      promptTemplate: "{{.input.text}}",
      output: type({ name: "string", "age?": "number" }),
    },
  },
});
same<typeof ark, Chain<{ text: string }, { name: string; age?: number }, ChainNeeds<never>>>();
const val = defineChain({
  id: "val",
  output: toStandardJsonSchema(v.object({ name: v.string() })),
  tasks: { read: { handler: "raw_string", output: toStandardJsonSchema(v.object({ name: v.string() })) } },
});
same<typeof val, Chain<string, { name: string }, ChainNeeds<never>>>();

/** A schema that says what it is as JSON Schema and nothing of its values. */
declare const silent: {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly jsonSchema: Record<"input" | "output", () => Record<string, unknown>>;
  };
};
const quiet = defineChain({ id: "quiet", tasks: { ask: { handler: "raw_string", output: silent } } });
same<typeof quiet, Chain<string, Json, ChainNeeds<never>>>();

/** A schema whose kind only the program knows. */
export function asking(schema: z.ZodType<string>) {
  const chain = defineChain({ id: "asking", output: schema, tasks: { ask: { handler: "raw_string" } } });
  same<typeof chain, Chain<string, string, ChainNeeds<never>>>();
}

export async function runs() {
  const { output } = await createRuntime().run(sort, { text: "x" });
  same<typeof output.level, "low" | "high">();
}
