import { ReplyError } from "../errors/reply-error.ts";
import { answerFormat, answerIn } from "./answer-format.ts";
import { callPrompt } from "./call-prompt.ts";
import type { Handler } from "./handler.ts";
import { matchCondition } from "./match-condition.ts";
import { quoteReply } from "./quote-reply.ts";

/** Asks a model for one of the words in `valid_conditions`. The output is that word's boolean, the outcome the word. */
export const conditionKey: Handler = {
  async execute(context) {
    const conditions = context.task.validConditions ?? {};
    const words = Object.keys(conditions);
    const preferredFormat = answerFormat("condition", { type: "string", enum: words });
    const reply = await callPrompt(context, words.length > 0 ? { preferredFormat } : {});
    const word = matchCondition(answerIn(reply), words);
    if (word === undefined) {
      throw new ReplyError(
        `the model was to answer one of ${words.map((name) => JSON.stringify(name)).join(", ")}, and answered ${quoteReply(reply)}`,
        {
          expected: words,
        },
      );
    }
    const value = conditions[word] === true;
    return { output: { type: "bool", value }, outcome: { text: word, transition: String(value) } };
  },
};
