// Chains that a package exports. Its declarations are to name what goes in and what comes out, and nothing of how.
import { defineChain } from "@catenary/core";

export const rating = defineChain({
  id: "rating",
  tasks: {
    rate: { handler: "parse_score", promptTemplate: "Rate: {{.input}}", next: { "0.00": "doubt", default: "end" } },
    doubt: {
      handler: "condition_key",
      validConditions: { yes: true, no: false },
      next: { yes: "end", default: "ask" },
    },
    ask: { handler: "hook", hook: { name: "ask_somebody" }, outputTemplate: "{{.answer}}" },
  },
});

export const vectors = defineChain({ id: "vectors", tasks: [{ id: "embed", handler: "embedding" }] });
