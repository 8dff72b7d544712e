import { callPrompt } from "./call-prompt.ts";
import type { Handler } from "./handler.ts";

/** Asks a model and passes its reply on, trimmed. The reply is the outcome too. */
export const rawString: Handler = {
  async execute(context) {
    const reply = await callPrompt(context, { stream: "trimmed" });
    return { output: { type: "string", value: reply }, outcome: reply };
  },
};
