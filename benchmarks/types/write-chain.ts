/**
 * A program with one chain of so many tasks, each with four template actions; none at all for 0 tasks. What a chain costs the
 * type checker is the difference between the two.
 */
export function writeChain(tasks: number): string {
  const lines = Array.from({ length: tasks }, (_, index) => `    ${writeTask(index, tasks)}`);
  const chain = `export const chain = defineChain({\n  id: "long",\n  tasks: {\n${lines.join("\n")}\n  },\n});\n`;
  return `import { defineChain } from "@catenary/core";\n${tasks === 0 ? "export const empty = defineChain;\n" : chain}`;
}

function writeTask(index: number, tasks: number): string {
  const id = `task_${index}`;
  const before = index === 0 ? "input" : `task_${index - 1}`;
  const next = index + 1 < tasks ? `, next: "task_${index + 1}"` : "";
  const text = `"Step ${index}: {{.input}}, then {{.${before}}}, {{ .previous_output.name }} and {{upper .task_0}}"`;
  switch (index % 4) {
    case 0:
      return `${id}: { handler: "raw_string", promptTemplate: ${text}${next} },`;
    case 1: {
      const ways = next === "" ? "" : `, next: { yes: "task_${index + 1}", default: "task_${index + 1}" }`;
      return `${id}: { handler: "condition_key", promptTemplate: ${text}, validConditions: { yes: true, no: false }${ways} },`;
    }
    case 2:
      return `${id}: { handler: "hook", hook: { name: "look_up", args: { text: ${text} } }${next} },`;
    default: {
      const ways =
        next === ""
          ? ""
          : `, transition: { branches: [{ operator: ">", when: 5, goto: "task_${index + 1}" }, { operator: "default", goto: "end" }] }`;
      return `${id}: { handler: "parse_score", systemInstruction: ${text}${ways} },`;
    }
  }
}
