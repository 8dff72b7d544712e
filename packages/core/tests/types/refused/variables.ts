import { defineChain } from "@catenary/core";
import { z } from "zod";

defineChain({
  id: "input_var",
  tasks: {
    draft: { handler: "raw_string", next: "send" },
    // expect: TS2820 '"draf"' | Did you mean '"draft"'?
    send: { handler: "noop", inputVar: "draf" },
  },
});

defineChain({
  id: "with_var",
  tasks: {
    draft: { handler: "raw_string", next: "send" },
    // expect: TS2820 '"inputt"' | Did you mean '"input"'?
    send: { handler: "noop", compose: { withVar: "inputt" } },
  },
});

defineChain({
  id: "prompt_template",
  tasks: {
    // expect: TS2322 nothing sets {{.inptu}} | declare it under variables
    ask: { handler: "raw_string", promptTemplate: "Answer this: {{.inptu}}" },
  },
});

defineChain({
  id: "field",
  tasks: {
    // expect: TS2322 nothing sets {{.inptu}}
    ask: { handler: "raw_string", promptTemplate: "{{.input.name}} {{.inptu.name}}" },
  },
});

defineChain({
  id: "white_space",
  tasks: {
    // expect: TS2322 nothing sets {{.inptu}}
    ask: { handler: "raw_string", promptTemplate: "{{ .input }} {{- .inptu -}}" },
  },
});

defineChain({
  id: "condition",
  tasks: {
    // expect: TS2322 nothing sets {{.eror}}
    ask: { handler: "raw_string", promptTemplate: "{{if .eror}}It failed.{{end}} {{.input}}" },
  },
});

defineChain({
  id: "argument",
  tasks: {
    // expect: TS2322 nothing sets {{.inptu}}
    ask: { handler: "raw_string", promptTemplate: "{{if and .input (eq .input .inptu)}}{{.input}}{{end}}" },
  },
});

defineChain({
  id: "range",
  tasks: {
    // expect: TS2322 nothing sets {{.itmes}}
    ask: { handler: "raw_string", promptTemplate: "{{range .itmes}}{{.name}}{{end}}" },
  },
});

defineChain({
  id: "system_instruction",
  tasks: {
    // expect: TS2322 nothing sets {{.ask_composed}}
    ask: { handler: "raw_string", systemInstruction: "You know {{.ask_composed}}." },
  },
});

defineChain({
  id: "print",
  tasks: {
    // expect: TS2322 nothing sets {{.answer}}
    ask: { handler: "raw_string", print: "It said {{.answer}}" },
  },
});

defineChain({
  id: "hook_args",
  tasks: {
    // expect: TS2322 nothing sets {{.inptu}}
    page: { handler: "hook", hook: { name: "page", args: { text: ["{{.input}}", { deep: "{{.inptu}}" }] } } },
  },
});

defineChain({
  id: "not_declared",
  variables: { language: "string" },
  tasks: {
    // expect: TS2322 nothing sets {{.lang}}
    ask: { handler: "raw_string", promptTemplate: "{{.input}} in {{.language}}, not {{.lang}}" },
  },
});

defineChain({
  id: "list",
  tasks: [
    // expect: TS2322 nothing sets {{.inptu}}
    { id: "ask", handler: "raw_string", promptTemplate: "{{.inptu}}" },
  ],
});

defineChain({
  id: "list_of_variables",
  tasks: [
    // expect: TS2820 '"inptu"' | Did you mean '"input"'?
    { id: "ask", handler: "raw_string", inputVar: "inptu", next: "tell" },
    // expect: TS2820 '"askk"' | Did you mean '"ask"'?
    { id: "tell", handler: "raw_string", compose: { withVar: "askk" }, next: "page" },
    // expect: TS2322 nothing sets {{.tel}}
    { id: "page", handler: "hook", hook: { name: "page", args: { texts: ["{{.tell}}", "{{.tel}}"] } } },
  ],
});

const person = { type: "object", properties: { name: { type: "string" }, place: { type: "object" } } } as const;

defineChain({
  id: "property",
  tasks: {
    read: { handler: "raw_string", output: person, next: "tell" },
    // expect: TS2322 nothing has {{.read.nmae}} | read a property that the output schema of read has, or add nmae to it
    tell: { handler: "raw_string", promptTemplate: "{{.read.name}} {{.read.nmae}}", next: "say" },
    say: {
      handler: "raw_string",
      // expect: TS2322 nothing has {{.read.plce}}
      systemInstruction: "{{upper .read.name}} {{if .read.plce.city}}x{{end}}",
      next: "page",
    },
    // expect: TS2322 nothing has {{.read.age}}
    page: { handler: "hook", hook: { name: "page", args: { texts: ["{{ .read.age }}"] } } },
  },
});

defineChain({
  id: "property_of_a_library",
  tasks: [
    {
      id: "read",
      handler: "raw_string",
      output: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("a"), name: z.string() }),
        z.object({ kind: z.literal("b"), level: z.number() }),
      ]),
      next: "tell",
    },
    // expect: TS2322 nothing has {{.read.levle}}
    { id: "tell", handler: "noop", promptTemplate: "{{.read.kind}} {{.read.name}} {{.read.level}} {{.read.levle}}" },
  ],
});
