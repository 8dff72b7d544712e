/** How a chain is written: its tasks by id, as a list, or by id with the types of hooks and handlers bound. */
export const FORMS = ["by id", "as a list", "with bound code"] as const;

export type Form = (typeof FORMS)[number];

/**
 * A program with one chain of so many tasks, each with four template actions; none at all for 0 tasks. What a chain costs the
 * type checker is the difference between the two.
 */
export function writeChain(tasks: number, form: Form): string {
  const define = form === "with bound code" ? "define" : "defineChain";
  const lines = Array.from({ length: tasks }, (_, index) => `    ${writeTask(index, tasks, form)}`).join("\n");
  const list = form === "as a list" ? `[\n${lines}\n  ]` : `{\n${lines}\n  }`;
  const chain = `export const chain = ${define}({\n  id: "long",\n  tasks: ${list},\n});\n`;
  return `${form === "with bound code" ? BOUND : UNBOUND}${tasks === 0 ? `export const empty = ${define};\n` : chain}`;
}

const UNBOUND = `import { defineChain } from "@catenary/core";\n`;

const BOUND = `import { defineChain, type Handler, type HookInvocation } from "@catenary/core";
const hooks = {
  look_up: ({ args }: HookInvocation<{ text: string }>) => ({ found: args.text.length }),
  page: ({ args }: HookInvocation<{ to: string; text?: string }>) => ({ paged: args.to }),
};
const handlers = {
  grade: {
    spec: { fields: [], required: [], output: "int", outcomes: ["good", "bad"] },
    execute: () => ({ output: { type: "int", value: 1 }, outcome: "good" }),
  } satisfies Handler,
};
const define = defineChain.with<{ hooks: typeof hooks; handlers: typeof handlers }>();
`;

function writeTask(index: number, tasks: number, form: Form): string {
  const start = form === "as a list" ? `{ id: "task_${index}",` : `task_${index}: {`;
  const before = index === 0 ? "input" : `task_${index - 1}`;
  const next = index + 1 < tasks ? `, next: "task_${index + 1}"` : "";
  const text = `"Step ${index}: {{.input}}, then {{.${before}}}, {{ .previous_output.name }} and {{upper .task_0}}"`;
  switch (index % 4) {
    case 0:
      return `${start} handler: "raw_string", promptTemplate: ${text}${next} },`;
    case 1: {
      const ways = next === "" ? "" : `, next: { yes: "task_${index + 1}", default: "task_${index + 1}" }`;
      return `${start} handler: "condition_key", promptTemplate: ${text}, validConditions: { yes: true, no: false }${ways} },`;
    }
    case 2:
      return `${start} handler: "hook", hook: { name: "look_up", args: { text: ${text} } }${next} },`;
    default: {
      const ways =
        next === ""
          ? ""
          : `, transition: { branches: [{ operator: ">", when: 5, goto: "task_${index + 1}" }, { operator: "default", goto: "end" }] }`;
      return `${start} handler: "parse_score", systemInstruction: ${text}${ways} },`;
    }
  }
}
