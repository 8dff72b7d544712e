/** What a prompt of about three thousand characters is made of. */
const sentence =
  "Swifts sleep on the wing and may stay in the air for ten months; they land to breed and hardly ever else. ";

export const values = {
  role: "Ada",
  company: { name: "Example & Sons" },
  date: "2026-01-31",
  language: "English",
  instructions: "Be brief. Cite documents by their [id].",
  docs: Array.from({ length: 5 }, (_, i) => ({ id: `d${i}`, title: `Swifts, part ${i}`, text: sentence.repeat(4) })),
  messages: Array.from({ length: 6 }, (_, i) => ({
    role: i % 2 === 0 ? "user" : "assistant",
    content: `Turn ${i}: how do swifts sleep, and "why"?`,
  })),
  question: "Which documents talk about <nests>?",
};

export type PromptValues = typeof values;

export const SOURCE = `You are {{.role}}, an assistant for {{.company.name}}. Today is {{.date}}. Answer in {{.language}}.
{{if .instructions}}Instructions: {{.instructions}}
{{end}}Context:
{{range .docs}}[{{.id}}] {{.title}}: {{.text}}
{{end}}Conversation:
{{range .messages}}{{.role}}: {{.content}}
{{end}}Question: {{.question}}`;
