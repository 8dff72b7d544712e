// What the types must leave alone, because it is right or because it cannot be told. It is checked by the type checker and never run.
import { type Chain, type ChainSource, defineChain, type Json, type TaskSource } from "@catenary/core";
import { z } from "zod";
import { same } from "./equal.ts";

const isSlow = Math.random() > 0.5;

// Parts that may be absent, and kinds that may differ.
defineChain({
  id: "optional",
  ...(isSlow && { description: "Slow." }),
  ...(isSlow ? { tokenLimit: 500 } : {}),
  tasks: {
    a: {
      handler: isSlow ? "raw_string" : "parse_number",
      ...(isSlow && { timeout: "5s", promptTemplate: "{{.input}}" }),
      ...(isSlow ? { next: "b" } : {}),
    },
    b: {
      handler: "hook",
      hook: { name: "x", ...(isSlow && { args: { text: "{{.a}}" } }) },
      onFailure: isSlow ? "a" : "end",
    },
    c: {
      handler: "raw_string",
      executeConfig: { model: "m", temperature: 0.2, ...(isSlow && { maxTokens: 5 }) },
      transition: { onFailure: "a", ...(isSlow && { branches: [{ operator: "default", goto: "b" }] }) },
    },
  },
});

// Tasks that were written apart.
const noop = { handler: "noop" } as const;
const open: TaskSource = { handler: "noop", next: "anywhere" };
const shared = { handler: "raw_string", promptTemplate: "{{.input}}", retry: { max: 2, on: ["rate_limit"] } } as const;
defineChain({ id: "apart", tasks: { a: { ...noop, next: "b" }, b: open, c: { ...shared, next: "a" }, d: noop } });

// Tasks and branches that a program makes.
const steps = ["one", "two"].map((id) => ({ id, handler: "noop" as const, next: "two" }));
const made = defineChain({ id: "made", tasks: steps });
same<typeof made, Chain<string, Json, { readonly hooks: never }>>();
defineChain({ id: "record", tasks: Object.fromEntries(steps.map(({ id, ...task }) => [id, task])) });
defineChain({
  id: "branches",
  tasks: {
    a: {
      handler: "condition_key",
      validConditions: Object.fromEntries(["x", "y"].map((word) => [word, true])),
      transition: { branches: ["x", "y"].map((when) => ({ operator: "equals" as const, when, goto: "a" })) },
    },
  },
});

// A whole chain that is no literal.
export function define(source: ChainSource, chain: Chain, text: string): readonly Chain[] {
  const definition = { id: "said", tasks: { a: { handler: "noop", next: "end" } } } as const satisfies ChainSource;
  const widened = { id: "said", tasks: { a: { handler: "noop", next: "end" } } } satisfies ChainSource;
  const parsed = JSON.parse(text);
  return [defineChain(source), defineChain(chain), defineChain(definition), defineChain(widened), defineChain(parsed)];
}

// A chain whose parts are parameters.
export function defineFor<const Id extends string>(id: Id, word: string, prompt: string) {
  return defineChain({
    id,
    tasks: {
      ask: {
        handler: "condition_key",
        validConditions: { [word]: true },
        promptTemplate: prompt,
        next: { [word]: "tell" },
      },
      tell: { handler: "noop", promptTemplate: `${prompt} {{.ask}}` },
    },
  });
}

// Words of any sort.
defineChain({
  id: "words",
  tasks: {
    a: {
      handler: "condition_key",
      validConditions: { 1: true, "2": false, "not sure": false },
      transition: {
        branches: [
          { operator: "equals", when: 1, goto: "a" },
          { operator: "equals", when: "2", goto: "a" },
          { operator: "equals", when: "true", goto: "a" },
          { operator: "contains", when: "sure", goto: "a" },
          { operator: "default", when: "", goto: "" },
        ],
      },
    },
    b: { handler: "condition_key", validConditions: { yes: true }, next: { yes: "a", false: "b", default: "end" } },
    c: { handler: "parse_range", next: { "1-5": "a", default: "end" } },
    d: { handler: "raw_string", transition: { branches: [{ operator: "equals", when: 5, goto: "a" }] } },
    e: { handler: "raw_string", transition: { branches: [] }, inputVar: "a_composed_not" as string },
  },
});

// Outcomes that are known, and those that are not.
defineChain({
  id: "outcomes",
  tasks: {
    a: { handler: "hook", hook: { name: "x" }, next: { ok: "b", default: "end" } },
    b: { handler: "hook", hook: { name: "x" }, outputTemplate: "{{.state}}", next: { done: "a", default: "end" } },
    c: {
      handler: "hook",
      hook: { name: "x" },
      ...(isSlow && { outputTemplate: "x" }),
      next: { x: "a", default: "end" },
    },
    d: { handler: "noop", next: { noop: "a" } },
    e: { handler: "model_execution", next: { executed: "d", default: "end" } },
    f: { handler: isSlow ? "noop" : "raw_string", next: { anything: "d", default: "end" } },
    g: { handler: "raise_error", transition: { branches: [] } },
  },
});

// Fields of every kind.
defineChain({
  id: "fields",
  debug: true,
  description: "All fields.",
  tokenLimit: 500,
  executeConfig: { models: ["a", "b"], routing: { policy: "random", attempts: 2 } },
  input: "openai_chat",
  variables: { language: "string", depth: "int" },
  tasks: {
    a: {
      handler: "model_execution",
      description: "Answers.",
      systemInstruction: "Answer in {{.language}}, {{.depth}} deep.",
      executeConfig: { stop: ["x"], seed: 1, topP: 1, presencePenalty: 0, frequencyPenalty: 0 },
      print: "{{.a}}",
      promptTemplate: "",
      inputVar: "language",
      compose: { withVar: "b_composed", strategy: "override" },
      timeout: "5s",
      retryOnFailure: 1,
      retry: { max: 1, backoff: "5ms", jitter: false, on: ["timeout"] },
      stream: true,
      restart: true,
      next: "b",
    },
    b: { handler: "noop", compose: { withVar: "input" } },
  },
});

// Templates of every sort.
const words = "{{.input.name}} {{ .a }} {{- .a -}} {{.a|upper}} {{ if .a }}x{{ else if .a }}y{{else}}z{{ end }}";
defineChain({
  id: "templates",
  tasks: {
    a: { handler: "raw_string", promptTemplate: words },
    b: { handler: "raw_string", promptTemplate: '{{if and (eq .input "x .y") .a}}{{end}}' },
    c: { handler: "raw_string", promptTemplate: '{{ $x := .a }}{{ $x.b }}{{ $.input }}{{ index $ "odd" }}{{len .a}}' },
    d: { handler: "raw_string", promptTemplate: '{{block "x" .a}}{{.b}}{{end}}{{.c}}' },
    e: { handler: "raw_string", promptTemplate: '{{define "x"}}{{.odd}}{{end}}{{template "x" .a}}' },
    f: { handler: "raw_string", promptTemplate: "{{ }} {{ {{.}} }} }}{{ {{" },
    g: {
      handler: "raw_string",
      promptTemplate: "{{(.a).b}} {{(index .a 0).c}} {{.a.b.c}}\t{{\n\t.input\n}} {{ .a\t}}",
    },
    h: { handler: "raw_string", promptTemplate: "{{with .a}}{{.b}}{{else with .c}}{{.d}}{{else}}{{.e}}{{end}} {{.f}}" },
    i: {
      handler: "raw_string",
      promptTemplate: '{{/* {{.odd}} */}} {{- /* .odd */ -}} {{`{{.odd}}`}} {{"\\"}} {{.odd}}"}}',
    },
    j: { handler: "raw_string", promptTemplate: "{{if lt .5 1.5}}{{printf \"%.2f .odd\" .a}}{{end}}{{'.'}}" },
  },
});

// Properties that a schema has, those of which it says nothing, and those that something else than the schema made.
const Person = z.object({
  name: z.string(),
  place: z.object({ city: z.string() }).nullable(),
  tags: z.array(z.string()),
});
defineChain({
  id: "properties",
  input: z.object({ text: z.string() }),
  variables: { given: "json" },
  tasks: {
    read: { handler: "raw_string", promptTemplate: "{{.input.text}} {{.given.more}}", output: Person, next: "open" },
    open: {
      handler: "raw_string",
      promptTemplate:
        "{{.read.name}} {{.read.place.city}} {{range .read.tags}}{{.first}}{{end}} {{.read}} {{len .read.tags}}",
      output: { type: "object", properties: { a: {} }, additionalProperties: { type: "string" } },
      next: "loose",
    },
    loose: { handler: "raw_string", promptTemplate: "{{.open.b}}", output: z.looseObject({}), next: "either" },
    either: {
      handler: "raw_string",
      promptTemplate: "{{.loose.b}} {{.loose}}",
      output: z.union([z.string(), Person]),
      next: "made",
    },
    made: {
      handler: "raw_string",
      promptTemplate: "{{.either.name}} {{.either.other}}",
      output: Person,
      compose: { withVar: "read", strategy: "override" },
      next: "hooked",
    },
    hooked: {
      handler: "hook",
      hook: { name: "x", args: { text: "{{.made.other}}" } },
      output: { type: "object", properties: { a: {} } },
      next: "last",
    },
    last: { handler: "noop", promptTemplate: "{{.hooked.other}} {{.previous_output.other}}", inputVar: "read" },
  },
});
