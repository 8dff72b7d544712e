import { defineChain } from "@catenary/core";

/** A support ticket comes in: is it urgent, who has to know, and what do we answer? */
export const triage = defineChain({
  id: "support-triage",
  description: "Decides whether a ticket is urgent, tells the right people, and writes the first reply.",
  tasks: {
    classify: {
      handler: "condition_key",
      systemInstruction: "You sort support tickets. Answer with one word, urgent or normal, and nothing else.",
      promptTemplate: [
        "A ticket is urgent when something is down, broken for everybody, or losing data or money right now.",
        "",
        "Ticket: Nobody in our company can log in since ten minutes.",
        "Answer: urgent",
        "Ticket: How do I change the colour of my profile?",
        "Answer: normal",
        "Ticket: Checkout fails for all customers!",
        "Answer: urgent",
        "Ticket: Please send last month's invoice again.",
        "Answer: normal",
        "Ticket: {{.input}}",
        "Answer:",
      ].join("\n"),
      validConditions: { urgent: true, normal: false },
      retryOnFailure: 2,
      next: { urgent: "page", default: "file" },
      onFailure: "file",
    },
    page: {
      handler: "hook",
      hook: { name: "page_on_call", args: { text: "{{.input}}" } },
      retry: { max: 3, backoff: "200ms" },
      next: "reply",
    },
    file: {
      handler: "hook",
      hook: { name: "file_ticket", args: { text: "{{.input}}" } },
      retry: { max: 3, backoff: "200ms" },
      next: "reply",
    },
    reply: {
      handler: "raw_string",
      systemInstruction: "You answer customers of a software company. Write two or three short, friendly sentences.",
      promptTemplate: [
        "Write a short reply to the customer's ticket.",
        "Say that their ticket number is {{.previous_output.ticket}} and that {{.previous_output.team}} will answer within {{.previous_output.within}}.",
        "",
        "Ticket: {{.input}}",
      ].join("\n"),
      executeConfig: { maxTokens: 120 },
    },
  },
});
