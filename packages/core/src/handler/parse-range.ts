import { ReplyError } from "../errors/reply-error.ts";
import { extractRange } from "../value/extract-range.ts";
import { answerFormat, answerIn } from "./answer-format.ts";
import { callPrompt } from "./call-prompt.ts";
import type { Handler } from "./handler.ts";
import { quoteReply } from "./quote-reply.ts";

/** Signs, digits and a fraction, as a pattern that a server can hold a model to. */
const NUMBER = "-?[0-9]{1,15}(\\.[0-9]{1,15})?";

/** Asks a model for two numbers, such as `5-7`. One number alone is both. */
export const parseRange: Handler = {
  async execute(context) {
    const format = answerFormat("range", {
      type: "string",
      description: "two numbers with a hyphen between them, such as 5-7",
      pattern: `^${NUMBER}-${NUMBER}$`,
    });
    const reply = await callPrompt(context, { preferredFormat: format });
    const range = extractRange(answerIn(reply));
    if (range === undefined) {
      throw new ReplyError(`the model was to answer a range such as 5-7, and answered ${quoteReply(reply)}`);
    }
    const text = `${range.low}-${range.high}`;
    return { output: { type: "string", value: text }, outcome: text };
  },
};
