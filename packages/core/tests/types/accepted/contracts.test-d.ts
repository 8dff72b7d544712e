// What a chain promises and its tasks may keep, as far as types can tell. It is checked by the type checker and never run.
import { defineChain, type HookInvocation, type JsonObject } from "@catenary/core";
import { z } from "zod";

const left = z.object({ left: z.number() });
const hooks = {
  stock: ({ args }: HookInvocation<{ item: string }>) => ({ left: args.item.length, more: true }),
  anything: (): JsonObject => ({}),
  nothing: () => {},
  vague: (): object => ({}),
};
const define = defineChain.with<typeof hooks>();

define({
  id: "hooks",
  output: left,
  tasks: {
    stock: { handler: "hook", hook: { name: "stock", args: { item: "x" } }, next: { ok: "end", default: "any" } },
    any: { handler: "hook", hook: { name: "anything" }, onFailure: "none" },
    none: { handler: "raise_error", promptTemplate: "It failed." },
  },
});
define({ id: "vague", output: left, tasks: { a: { handler: "hook", hook: { name: "vague" } } } });
define({ id: "nothing", output: z.null(), tasks: { a: { handler: "hook", hook: { name: "nothing" } } } });

// Endings of which the type is not known, or is one of several.
export function open(schema: JsonObject, kind: "raw_string" | "parse_number") {
  defineChain({ id: "a", output: schema, tasks: { a: { handler: "raw_string" } } });
  defineChain({ id: "b", output: { type: "number" }, tasks: { a: { handler: "raw_string", output: schema } } });
  defineChain({ id: "c", output: { type: "number" }, tasks: { a: { handler: kind } } });
  defineChain({ id: "d", output: left, tasks: { a: { handler: "noop" } } });
  defineChain({ id: "e", output: left, tasks: { a: { handler: "raw_string", compose: { withVar: "input" } } } });
  defineChain({ id: "f", output: z.unknown(), tasks: { a: { handler: "embedding" } } });
  defineChain({ id: "g", output: z.union([z.string(), left]), tasks: { a: { handler: "raw_string" } } });
  defineChain({
    id: "h",
    output: z.record(z.string(), z.number()),
    tasks: { a: { handler: "raw_string", output: left } },
  });
  defineChain({ id: "i", output: left, tasks: { a: { handler: "raw_string", output: z.looseObject({}) } } });
  defineChain({ id: "j", output: z.int(), tasks: { a: { handler: "parse_score" } } });
  defineChain({
    id: "k",
    output: z.array(z.string()),
    tasks: { a: { handler: "raw_string", output: z.tuple([z.string()]) } },
  });
}

// JSON Schema allows properties that it does not name.
defineChain({
  id: "open",
  output: { type: "object", properties: { left: { type: "number" } }, required: ["left"] },
  tasks: { ask: { handler: "raw_string", output: { type: "object", properties: { level: { type: "string" } } } } },
});

// Inputs that the first task takes, or of which it cannot be told which task is the first.
defineChain({ id: "l", input: left, tasks: { a: { handler: "raw_string", promptTemplate: "{{.input.left}}" } } });
defineChain({ id: "m", input: left, tasks: { a: { handler: "parse_key_value" } } });
defineChain({
  id: "n",
  input: left,
  tasks: { a: { handler: "noop", next: "b" }, b: { handler: "raw_string", inputVar: "a" } },
});
defineChain({ id: "o", input: z.union([z.string(), left]), tasks: { a: { handler: "raw_string" } } });
defineChain({ id: "p", input: z.number(), tasks: { a: { handler: "raw_string" } } });
defineChain({ id: "q", input: "json", tasks: { a: { handler: "raw_string" } } });
defineChain({
  id: "r",
  input: left,
  tasks: {
    a: { handler: "hook", hook: { name: "x", args: {} }, next: { ok: "b", default: "end" } },
    b: { handler: "raw_string", next: { again: "a", default: "end" } },
  },
});
export function toward(target: string) {
  defineChain({ id: "s", input: left, tasks: { a: { handler: "raw_string" }, b: { handler: "noop", next: target } } });
}
