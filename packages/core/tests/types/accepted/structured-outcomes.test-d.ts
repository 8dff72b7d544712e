import { defineChain } from "@catenary/core";
import { z } from "zod";

const branded = z.string().brand<"order">();

/** Branches on what an output schema allows, and on what the compiler cannot tell of it. */
export const structured = defineChain({
  id: "structured",
  tasks: {
    words: { handler: "raw_string", output: z.enum(["p", "q"]), next: { p: "nullable", q: "end" } },
    nullable: {
      handler: "raw_string",
      output: z.boolean().nullable(),
      next: { true: "object", false: "end", ok: "end" },
    },
    object: { handler: "raw_string", output: z.object({ p: z.string() }), next: { ok: "literals" } },
    literals: { handler: "raw_string", output: { enum: [1, "p", null] }, next: { "1": "number", p: "end", ok: "end" } },
    number: {
      handler: "raw_string",
      output: z.number(),
      transition: {
        branches: [
          { operator: "equals", when: 5, goto: "branded" },
          { operator: ">", when: 7, goto: "end" },
          { operator: "default", goto: "branded" },
        ],
      },
    },
    branded: { handler: "raw_string", output: branded, next: { p: "text", default: "text" } },
    text: { handler: "raw_string", output: { type: ["string", "null"] }, next: { p: "any", default: "any" } },
    any: { handler: "raw_string", output: z.any(), next: { p: "end", default: "end" } },
  },
});
