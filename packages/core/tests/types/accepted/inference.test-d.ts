// What the compiler knows of chains that are right. It is checked by the type checker and never run.
import {
  type Chain,
  type ChainNeeds,
  type ChatHistory,
  type ChatHistoryInput,
  createRuntime,
  defineChain,
  type Handler,
  type HookDefinition,
  type HookInvocation,
  type Json,
  type NeedsVariables,
  parseChain,
  remoteHook,
} from "@catenary/core";
import { same } from "./equal.ts";

type NoHooks = ChainNeeds<never>;

const single = defineChain({ id: "c", tasks: { a: { handler: "raw_string" } } });
same<typeof single, Chain<string, string, NoHooks>>();

const triage = defineChain({
  id: "triage",
  input: "string",
  tasks: {
    classify: {
      handler: "condition_key",
      promptTemplate: "Is this urgent? Answer urgent or normal.\n\n{{.input}}",
      validConditions: { urgent: true, normal: false },
      next: { urgent: "page", default: "reply" },
    },
    page: { handler: "hook", hook: { name: "page_on_call", args: { text: "{{.input}}" } } },
    reply: { handler: "raw_string", promptTemplate: "Write a short reply to: {{.input}}" },
  },
});
same<typeof triage, Chain<string, Json, ChainNeeds<"page_on_call">>>();

const list = defineChain({
  id: "list",
  input: "chat_history",
  tasks: [
    { id: "answer", handler: "model_execution", next: "rate" },
    { id: "rate", handler: "parse_score", inputVar: "answer", next: { "1.00": "answer", default: "end" } },
    { id: "check", handler: "embedding", transition: { branches: [{ operator: "equals", when: "ok", goto: "" }] } },
    { id: "never", handler: "raise_error", promptTemplate: "No {{.answer}}" },
  ],
});
same<typeof list, Chain<ChatHistoryInput, number | readonly number[], NoHooks>>();

/** Only what ends the chain counts. */
const inside = defineChain({
  id: "inside",
  input: "int",
  variables: { language: "string" },
  tasks: {
    ask: {
      handler: "raw_string",
      systemInstruction: "Answer in {{.language}}.",
      transition: {
        onFailure: "count",
        branches: [
          { operator: "equals", when: "yes", goto: "count" },
          { operator: ">", when: "5 kg", goto: "merge" },
          { operator: "in_range", when: "-inf to 4", goto: "merge" },
          { operator: "default", goto: "merge" },
        ],
      },
    },
    count: { handler: "parse_number", next: { "0": "merge", default: "merge" } },
    merge: {
      handler: "model_execution",
      inputVar: "ask",
      compose: { withVar: "input", strategy: "append_string_to_chat_history" },
      print: "{{.merge_composed}} {{.failed_task}} {{.error}}",
    },
  },
});
same<typeof inside, Chain<number, ChatHistory, NoHooks & NeedsVariables<{ readonly language: string }>>>();

/** What is passed on is known where a template or a task makes it. */
const passing = defineChain({
  id: "passing",
  tasks: {
    count: { handler: "parse_number", next: { "1": "say", default: "pass" } },
    say: { handler: "noop", promptTemplate: "{{.count}}" },
    pass: { handler: "parse_transition", inputVar: "count" },
  },
});
same<typeof passing, Chain<string, string | number, NoHooks>>();

const failing = defineChain({ id: "f", tasks: { a: { handler: "parse_number", onFailure: "end" } } });
same<typeof failing, Chain<string, Json, NoHooks>>();

// Templates whose reads cannot be told, or that read nothing, are left alone.
defineChain({
  id: "templates",
  tasks: {
    a: { handler: "raw_string", promptTemplate: "{{range .input.items}}{{.name}}{{end}} {{.anything}}", next: "b" },
    b: { handler: "raw_string", promptTemplate: "{{with .a}}{{.name}}{{end}}", next: "c" },
    c: { handler: "raw_string", promptTemplate: '{{printf "}} {{.fake}}" .a}}{{/* {{.fake}} */}}', next: "d" },
    d: {
      handler: "raw_string",
      promptTemplate: "{{ .c\n}}{{.c|upper}}{{gt .5 .25}}{{.}}{{$x := .a}}{{$x.y}}",
      next: "e",
    },
    e: { handler: "raw_string", promptTemplate: `{{index .a 0}}${String(1)} {{.anything}}`, next: "f" },
    f: { handler: "hook", hook: { name: "x", args: { y: 1 } }, outputTemplate: "{{.anything}}" },
  },
});

// What is no literal is left to run time.
const words: Record<string, boolean> = {};
const target: string = "b";
const handler: string = "noop";
defineChain({
  id: "wide",
  tasks: {
    a: { handler: "condition_key", validConditions: words, next: { anything: "b" } },
    b: { handler: "noop", next: target, onFailure: target, inputVar: target, compose: { withVar: target } },
    c: { handler, transition: { branches: [{ operator: "default", goto: target }] }, promptTemplate: target },
    d: { handler: "condition_key", validConditions: { yes: true }, next: Math.random() > 0.5 ? "a" : "end" },
  },
});

const hooks = {
  page: async ({ args }: HookInvocation<{ text: string; level: "low" | "high"; tries?: number }>) => ({
    paged: args.text.length > 0,
    at: new Date(),
  }),
  now: { run: () => "12:00", timeoutMs: 5 },
  quiet: () => {},
  remote: remoteHook({ url: "https://hooks.example.com/page" }),
};
const shout = {
  spec: { fields: [], required: [], output: "string" },
  execute: ({ input }) => ({ output: { type: "string", value: `${input.value}!` }, outcome: "ok" }),
} satisfies Handler;
const code = { hooks, handlers: { shout } };

const bound = defineChain.with<typeof hooks>()({
  id: "bound",
  tasks: {
    page: {
      handler: "hook",
      hook: { name: "page", args: { text: "{{.input}}", level: "{{.input}}" } },
      next: { ok: "end", default: "now" },
    },
    now: { handler: "hook", hook: { name: "now" }, next: { ok: "end", default: "quiet" } },
    quiet: { handler: "hook", hook: { name: "quiet", args: {} } },
  },
});
same<
  typeof bound,
  Chain<string, string | null | { paged: boolean; at: string }, ChainNeeds<"page" | "now" | "quiet">>
>();

const both = defineChain.with<typeof code>()({
  id: "both",
  tasks: {
    loud: { handler: "shout", volume: 3, next: "ask" },
    ask: {
      handler: "hook",
      hook: { name: "remote", args: { anything: [1] } },
      outputTemplate: "{{.text}}",
      next: "loud2",
    },
    loud2: { handler: "shout" },
  },
});
same<typeof both, Chain<string, string, ChainNeeds<"remote">>>();

/** Bindings without literal names bind nothing. */
const loose = defineChain.with<{ hooks: Record<string, HookDefinition>; handlers: Record<string, Handler> }>()({
  id: "loose",
  tasks: { a: { handler: "my_own", hook: { name: "any" } } },
});
same<typeof loose, Chain<string, Json, ChainNeeds<"any">>>();

export async function runs() {
  const runtime = createRuntime(code);
  same<Awaited<ReturnType<typeof runTriage>>["output"], Json>();
  const runTriage = () => runtime.run(triage, "The site is down!");
  same<number, Awaited<typeof counted>["output"]>();
  const counted = runtime.run(failing2, "3", { variables: {}, signal: AbortSignal.timeout(5) });
  await runtime.run(inside, 3, { variables: { language: "Greek" }, stepBudget: 5 });
  await runtime.run(inside, "3", { variables: { language: "Greek" }, inputType: "string" });
  const started = await runtime.start(inside, 3, { variables: { language: "Greek" } }).result();
  if (started.status === "ok") same<typeof started.output, ChatHistory>();
  await runtime.run("inside", 3, { variables: { anything: [] } });
  const { chain } = parseChain({});
  if (chain === undefined) return;
  const parsed = await runtime.run(chain, { anything: 1 });
  await runtime.run(chain, 1, { variables: { anything: 1 } });
  same<typeof parsed.output, Json>();
  const named = await runtime.run("triage", 42);
  same<typeof named.output, Json>();
  const other = await runtime.run(single, 42, { inputType: "int" });
  same<typeof other.output, string>();
  await runtime.run(list, { messages: [{ role: "user", content: "Hello" }] });
  interface Ticket {
    readonly text: string;
  }
  const ticket: Ticket = { text: "Hello" };
  await runtime.run(defineChain({ id: "j", input: "json", tasks: { a: { handler: "noop" } } }), ticket);
  const result = await runtime.start(single, "Hello").result();
  if (result.status === "ok") same<typeof result.output, string>();
  await runtime.chains.create(triage);
  same<typeof again, typeof single>();
  const again = defineChain(single);
}

/** Variables whose names only the program knows, and none. */
export async function variables(declared: Record<string, "string" | "int">) {
  const runtime = createRuntime();
  const open = defineChain({ id: "open", variables: declared, tasks: { a: { handler: "noop" } } });
  await runtime.run(open, "x", { variables: { anything: "x" } });
  const none = defineChain({ id: "none", variables: {}, tasks: { a: { handler: "noop" } } });
  same<typeof none, Chain<string, Json, NoHooks>>();
  await runtime.run(none, "x", { variables: {} });
  const kinds = defineChain({
    id: "kinds",
    variables: { talk: "chat_history", count: "int", place: "vector", any: "json" },
    tasks: { a: { handler: "noop" } },
  });
  await runtime.run(kinds, "x", {
    variables: { talk: { messages: [] }, count: 3, place: new Float32Array(3), any: { deep: [1] } },
  });
}

const failing2 = defineChain({ id: "f", tasks: { a: { handler: "parse_number" } } });
