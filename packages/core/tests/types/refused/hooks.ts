import { defineChain, type HookInvocation } from "@catenary/core";

const hooks = {
  page: async ({ args }: HookInvocation<{ text: string; level: "low" | "high"; tries?: number }>) => ({
    paged: args.text.length > 0,
  }),
  now: { run: () => "12:00" },
};
const define = defineChain.with<typeof hooks>();

define({
  id: "name",
  tasks: {
    // expect: TS2820 '"pages"' | Did you mean '"page"'?
    page: { handler: "hook", hook: { name: "pages", args: { text: "{{.input}}", level: "low" } } },
  },
});

define({
  id: "argument",
  tasks: {
    // expect: TS2561 'txt' does not exist | Did you mean to write 'text'?
    page: { handler: "hook", hook: { name: "page", args: { txt: "{{.input}}", level: "low" } } },
  },
});

define({
  id: "missing_argument",
  tasks: {
    // expect: TS2741 Property 'level' is missing
    page: { handler: "hook", hook: { name: "page", args: { text: "{{.input}}" } } },
  },
});

define({
  id: "no_arguments",
  tasks: {
    // expect: TS2741 Property 'args' is missing
    page: { handler: "hook", hook: { name: "page" } },
  },
});

define({
  id: "kind_of_argument",
  tasks: {
    // expect: TS2322 'number' is not assignable to type 'string'
    page: { handler: "hook", hook: { name: "page", args: { text: 5, level: "low" } } },
  },
});

define({
  id: "word",
  tasks: {
    // expect: TS2322 "hihg" | "high"
    page: { handler: "hook", hook: { name: "page", args: { text: "x", level: "hihg" } } },
  },
});

define({
  id: "text_for_a_number",
  tasks: {
    // expect: TS2322 'string' is not assignable to type 'number'
    page: { handler: "hook", hook: { name: "page", args: { text: "x", level: "low", tries: "{{.input}}" } } },
  },
});

define({
  id: "variable",
  tasks: {
    // expect: TS2322 nothing sets {{.inptu}}
    page: { handler: "hook", hook: { name: "page", args: { text: "{{.inptu}}", level: "low" } } },
  },
});

const handlers = { shout: { execute: () => undefined } };

defineChain.with<{ handlers: typeof handlers }>()({
  id: "handler",
  tasks: {
    // expect: TS2820 '"shuot"' | Did you mean '"shout"'?
    loud: { handler: "shuot" },
  },
});

defineChain.with<{ hooks: typeof hooks; handlers: typeof handlers }>()({
  id: "both",
  tasks: {
    // expect: TS2820 '"louder"' | Did you mean '"loud"'?
    loud: { handler: "shout", volume: 3, next: "louder" },
    // expect: TS2820 '"noww"' | Did you mean '"now"'?
    time: { handler: "hook", hook: { name: "noww" } },
  },
});

const lists = {
  tell: async ({ args }: HookInvocation<{ to: string[]; parts: { text: string; level: "low" | "high" }[] }>) => args.to,
};
const tell = defineChain.with<typeof lists>();

tell({
  id: "word_in_a_list",
  tasks: {
    // expect: TS2322 "hihg" | "high"
    tell: { handler: "hook", hook: { name: "tell", args: { to: [], parts: [{ text: "x", level: "hihg" }] } } },
  },
});

tell({
  id: "kind_in_a_list",
  tasks: {
    // expect: TS2322 'number' is not assignable to type 'string'
    tell: { handler: "hook", hook: { name: "tell", args: { to: ["a", 5], parts: [] } } },
  },
});

tell({
  id: "variable_in_a_list",
  tasks: {
    // expect: TS2322 nothing sets {{.inptu}}
    tell: { handler: "hook", hook: { name: "tell", args: { to: ["{{.input}}", "{{.inptu}}"], parts: [] } } },
  },
});

tell({
  id: "argument_in_a_list",
  tasks: {
    // expect: TS2561|TS2353 'txt' does not exist
    tell: { handler: "hook", hook: { name: "tell", args: { to: [], parts: [{ txt: "x", level: "low" }] } } },
  },
});

tell({
  id: "no_list",
  tasks: {
    // expect: TS2322 'string' is not assignable to type
    tell: { handler: "hook", hook: { name: "tell", args: { to: "{{.input}}", parts: [] } } },
  },
});

define({
  id: "list_of_tasks",
  tasks: [
    // expect: TS2820 '"pages"' | Did you mean '"page"'?
    { id: "a", handler: "hook", hook: { name: "pages" }, next: "b" },
    // expect: TS2561 'txt' does not exist | Did you mean to write 'text'?
    { id: "b", handler: "hook", hook: { name: "page", args: { txt: "{{.input}}", level: "low" } }, next: "c" },
    // expect: TS2322 nothing sets {{.inptu}}
    { id: "c", handler: "hook", hook: { name: "page", args: { text: "{{.inptu}}", level: "low" } } },
  ],
});
