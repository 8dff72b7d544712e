// What the compiler knows of values that have a JSON Schema. It is checked by the type checker and never run.
import { type Chain, type ChainNeeds, createRuntime, defineChain, type Json, type JsonObject } from "@catenary/core";
import { same } from "./equal.ts";

const person = {
  type: "object",
  properties: {
    name: { type: "string", minLength: 1 },
    age: { type: ["integer", "null"] },
    role: { enum: ["admin", "user"] },
    tags: { type: "array", items: { type: "string" } },
    place: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    other: { anyOf: [{ type: "string" }, { type: "number" }] },
    pair: { type: "array", prefixItems: [{ type: "string" }] },
    kind: { const: "person" },
  },
  required: ["name", "role", "tags"],
} as const;

const extract = defineChain({
  id: "extract",
  tasks: { read: { handler: "raw_string", promptTemplate: "Who is it? {{.input}}", output: person } },
});
interface Person {
  readonly name: string;
  readonly role: "admin" | "user";
  readonly tags: readonly string[];
  readonly age?: number | null;
  readonly place?: { readonly city: string };
  readonly other?: Json;
  readonly pair?: readonly Json[];
  readonly kind?: "person";
}
same<
  typeof extract extends Chain<string, infer Output> ? Output : never,
  { readonly [K in keyof Person]: Person[K] }
>();

/** The chain's own schema holds, whatever its tasks produce. */
const whole = defineChain({
  id: "whole",
  input: { type: "object", properties: { text: { type: "string" } } },
  output: { type: "object", properties: { left: { type: "number" } }, required: ["left"] },
  tasks: { ask: { handler: "hook", hook: { name: "stock" } } },
});
same<typeof whole, Chain<unknown, { readonly left: number }, ChainNeeds<"stock">>>();

/** A schema that says nothing of the type leaves what the tasks say. */
const vague = defineChain({ id: "vague", output: { maxLength: 5 }, tasks: { ask: { handler: "raw_string" } } });
same<typeof vague, Chain<string, string, ChainNeeds<never>>>();

/** A rendered text is a text. */
const rendered = defineChain({
  id: "rendered",
  tasks: { ask: { handler: "hook", hook: { name: "stock" }, output: person, outputTemplate: "{{.name}}" } },
});
same<typeof rendered, Chain<string, string, ChainNeeds<"stock">>>();

export async function runs(schema: JsonObject) {
  const runtime = createRuntime();
  await runtime.run(whole, { text: "lamp", more: 1 });
  const open = defineChain({ id: "open", tasks: { ask: { handler: "raw_string", output: schema } } });
  same<typeof open, Chain<string, Json, ChainNeeds<never>>>();
}
