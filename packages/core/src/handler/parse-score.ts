import { ReplyError } from "../errors/reply-error.ts";
import { extractNumber } from "../value/extract-number.ts";
import { toFixedExact } from "../value/to-fixed-exact.ts";
import { answerFormat, answerIn } from "./answer-format.ts";
import { callPrompt } from "./call-prompt.ts";
import type { Handler } from "./handler.ts";
import { quoteReply } from "./quote-reply.ts";

/** Asks a model for a number, such as a score. Comparisons see the exact number, `equals` also its two-decimal text. */
export const parseScore: Handler = {
  async execute(context) {
    const reply = await callPrompt(context, { preferredFormat: answerFormat("score", { type: "number" }) });
    const value = extractNumber(answerIn(reply));
    if (value === undefined)
      throw new ReplyError(`the model was to answer a number, and answered ${quoteReply(reply)}`);
    return { output: { type: "float", value }, outcome: { text: toFixedExact(value, 2), number: value } };
  },
};
