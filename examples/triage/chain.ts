import { defineChain } from "@catenary/core";
import { EXAMPLES } from "./examples.ts";

/** Said here, because some servers add a sentence of the model's own where there is none, others do not, and small models feel it. */
const SYSTEM = "You are a helpful AI assistant.";

/** A support ticket comes in: is it urgent, who has to know, and what do we answer? */
export const triage = defineChain({
  id: "support-triage",
  description: "Decides whether a ticket is urgent, tells the right people, and writes the first reply.",
  tasks: {
    classify: {
      handler: "condition_key",
      systemInstruction: SYSTEM,
      promptTemplate: `${EXAMPLES}\nTicket: {{.input}}\nAnswer:`,
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
    // The ticket is left out: whoever wrote it must not say what we promise, and small models answer it in place of us.
    reply: {
      handler: "raw_string",
      systemInstruction: SYSTEM,
      promptTemplate:
        "Repeat this sentence and add a friendly greeting to it:\n\nYour ticket number is {{.previous_output.ticket}}, and {{.previous_output.team}} will answer within {{.previous_output.within}}.",
      executeConfig: { maxTokens: 120 },
    },
  },
});
