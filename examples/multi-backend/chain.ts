import { defineChain } from "@catenary/core";

/** A support ticket is sorted and answered: sorting is not worth money, an answer is. */
export const support = defineChain({
  id: "support",
  tasks: {
    sort: {
      handler: "condition_key",
      promptTemplate: "What is this ticket about? Answer billing, technical or other.\n\nTicket: {{.input}}",
      validConditions: { billing: true, technical: true, other: true },
      // Held to our own machines: where these cannot, the ticket goes unsorted.
      executeConfig: { routing: { group: "house" } },
      next: "reply",
      onFailure: "reply",
    },
    reply: {
      handler: "raw_string",
      promptTemplate: "Write a short reply, one sentence, to this ticket: {{.input}}",
      // Held to nobody: our own machines are asked first, because their tier is lower, and the hosted one where they cannot.
      executeConfig: { maxTokens: 120, stop: ["\n\n"] },
    },
  },
});
