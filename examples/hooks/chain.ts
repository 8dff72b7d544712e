import { defineChain } from "@catenary/core";

/** An order comes in as text: look up how much is left, and reserve it or tell the customer. */
export const reserve = defineChain({
  id: "reserve",
  input: "string",
  tasks: {
    look_up: {
      handler: "hook",
      hook: { name: "stock_of", args: { item: "{{.input}}" } },
      outputTemplate: "{{.left}}",
      next: { "0": "sorry", default: "reserve" },
      onFailure: "unknown",
    },
    reserve: {
      handler: "hook",
      inputVar: "input",
      hook: { name: "reserve", args: { item: "{{.input}}" } },
      outputTemplate: "Reserved: {{.item}}, under {{.number}}.",
      next: "end",
    },
    sorry: { handler: "noop", promptTemplate: "No {{.input}} is left." },
    unknown: { handler: "noop", promptTemplate: "Nothing was looked up: {{.error}}" },
  },
});
