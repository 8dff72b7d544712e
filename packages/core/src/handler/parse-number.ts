import { ReplyError } from "../errors/reply-error.ts";
import { extractNumber } from "../value/extract-number.ts";
import { answerFormat, answerIn } from "./answer-format.ts";
import { callPrompt } from "./call-prompt.ts";
import type { Handler } from "./handler.ts";
import { quoteReply } from "./quote-reply.ts";

/** Asks a model for a whole number: the first number in its reply. */
export const parseNumber: Handler = {
  async execute(context) {
    const reply = await callPrompt(context, { preferredFormat: answerFormat("number", { type: "integer" }) });
    const value = extractNumber(answerIn(reply));
    if (value === undefined)
      throw new ReplyError(`the model was to answer a whole number, and answered ${quoteReply(reply)}`);
    if (!isInt64(value)) throw new ReplyError(`the model was to answer a whole number, and answered ${value}`);
    // Adding 0 makes -0 an ordinary 0.
    return { output: { type: "int", value: value + 0 }, outcome: integerText(value + 0) };
  },
};

/** More digits than 64 bits hold are no answer: what a number keeps of them is another one. */
function isInt64(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63;
}

/** The digits in full, also where JavaScript would print an exponent. */
function integerText(value: number): string {
  return BigInt(value).toString();
}
