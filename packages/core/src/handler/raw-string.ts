import { callPrompt } from "./call-prompt.ts";
import type { Handler } from "./handler.ts";
import { askForValue } from "./structured/ask-for-value.ts";

/** Asks a model and passes its reply on, trimmed. The reply is the outcome too. Where the task's output has a schema, asks for such a value instead. */
export const rawString: Handler = {
  async execute(context) {
    const { output } = context.task;
    if (output !== undefined) return askForValue(context, output);
    const reply = await callPrompt(context, { stream: "trimmed" });
    return { output: { type: "string", value: reply }, outcome: reply };
  },
};
