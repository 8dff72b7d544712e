import { parseTemplate } from "../packages/core/src/template/parse-template.ts";
import type { Json } from "../packages/core/src/value/json.ts";

/** How long one rendering of a typical prompt (about 3 kB) takes, beside string concatenation by hand. Prints microseconds. */

const rounds = 7;
const turns = 20_000;

const text =
  "Swifts sleep on the wing and may stay in the air for ten months; they land to breed and hardly ever else. ";
const data = {
  role: "Ada",
  company: { name: "Example & Sons" },
  instructions: "Be brief. Cite documents by their [id].",
  docs: Array.from({ length: 5 }, (_, i) => ({ id: `d${i}`, title: `Swifts, part ${i}`, text: text.repeat(4) })),
  messages: Array.from({ length: 6 }, (_, i) => ({
    role: i % 2 === 0 ? "user" : "assistant",
    content: `Turn ${i}: how do swifts sleep?`,
  })),
  question: "Which documents talk about <nests>?",
};

const source = `You are {{.role}}, an assistant for {{.company.name}}.
{{if .instructions}}Instructions: {{.instructions}}
{{end}}Context:
{{range .docs}}[{{.id}}] {{.title}}: {{.text}}
{{end}}Conversation:
{{range .messages}}{{.role}}: {{.content}}
{{end}}Question: {{.question}}`;

const variables: { readonly [name: string]: Json } = data;
const scope = {
  get: (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
  all: () => variables,
};
const template = parseTemplate(source);

function byHand(): string {
  let out = `You are ${data.role}, an assistant for ${data.company.name}.\n`;
  if (data.instructions !== "") out += `Instructions: ${data.instructions}\n`;
  out += "Context:\n";
  for (const doc of data.docs) out += `[${doc.id}] ${doc.title}: ${doc.text}\n`;
  out += "Conversation:\n";
  for (const message of data.messages) out += `${message.role}: ${message.content}\n`;
  return `${out}Question: ${data.question}`;
}

/** The best of several rounds, in microseconds a turn. */
function measure(act: () => string): number {
  let sink = 0;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (let turn = 0; turn < turns; turn++) {
      const result = act();
      // Reading one character makes the engine build the text, not only note its parts.
      sink += result.charCodeAt(result.length >> 1);
    }
    best = Math.min(best, ((performance.now() - start) / turns) * 1000);
  }
  if (Number.isNaN(sink)) throw new Error("nothing was rendered");
  return best;
}

if (template.render(scope) !== byHand()) throw new Error("the template does not render what the code beside it writes");
console.log(`render   ${measure(() => template.render(scope)).toFixed(2)} µs for ${byHand().length} characters`);
console.log(`by hand  ${measure(byHand).toFixed(2)} µs`);
console.log(`parse    ${measure(() => parseTemplate(source).source).toFixed(2)} µs`);
