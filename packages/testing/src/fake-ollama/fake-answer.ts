import { countWords } from "../count-words.ts";
import { sampleOfSchema } from "../sample-of-schema.ts";
import { splitWords, untilStop } from "../split-words.ts";
import type { FakeOllamaQuestion } from "./fake-question.ts";

/** What the model on a fake Ollama server says. A text stands for `{ content: text }`. */
export type FakeOllamaAnswer =
  | string
  | {
      readonly content?: string;
      /** How the content is divided when it is streamed. Default: word by word. */
      readonly chunks?: readonly string[];
      readonly thinking?: string;
      readonly toolCalls?: readonly { readonly name: string; readonly arguments: object; readonly id?: string }[];
      /** Default `stop`, or `length` where `num_predict` cut it. */
      readonly doneReason?: string;
      /** Default: the words of the question. */
      readonly promptTokens?: number;
      /** Default: the chunks. */
      readonly answerTokens?: number;
      /** The server fails with these words after it has streamed the content. Without streaming it is a 500. */
      readonly error?: string;
    };

export interface FinishedAnswer {
  readonly chunks: readonly string[];
  readonly thinking: string;
  readonly toolCalls: readonly { readonly name: string; readonly arguments: object; readonly id: string }[];
  readonly doneReason: string;
  readonly promptTokens: number;
  readonly answerTokens: number;
  readonly error: string | undefined;
}

/**
 * What a model says when nobody has told it: it calls the first tool that it is offered, obeys a schema, and otherwise says
 * which model it is and what it was asked.
 */
export function defaultAnswer({ model, text, messages, tools, format }: FakeOllamaQuestion): FakeOllamaAnswer {
  const [tool] = tools;
  if (tool !== undefined && messages.at(-1)?.role !== "tool") {
    const input = sampleOfSchema(tool.parameters);
    return { toolCalls: [{ name: tool.name, arguments: typeof input === "object" && input !== null ? input : {} }] };
  }
  if (format === "json") return JSON.stringify({ answer: text });
  if (format !== undefined) return JSON.stringify(sampleOfSchema(format));
  return `This is ${model}. You said: ${text}`;
}

/** The answer as the server gives it: cut at a stop sequence and at `num_predict`, with everything filled in. */
export function finish(answer: FakeOllamaAnswer, question: FakeOllamaQuestion): FinishedAnswer {
  const given = typeof answer === "string" ? { content: answer } : answer;
  const whole = given.chunks ?? splitWords(untilStop(given.content ?? "", question.options.stop));
  const limit = question.options.num_predict;
  const cut = typeof limit === "number" && limit >= 0 && limit < whole.length;
  const chunks = cut ? whole.slice(0, limit) : whole;
  return {
    chunks,
    thinking: given.thinking ?? "",
    toolCalls: (given.toolCalls ?? []).map((call, index) => ({ id: `call_fake${index}`, ...call })),
    doneReason: given.doneReason ?? (cut ? "length" : "stop"),
    promptTokens:
      given.promptTokens ??
      Math.max(
        1,
        question.messages.reduce((sum, m) => sum + countWords(m.content), 0),
      ),
    answerTokens: given.answerTokens ?? Math.max(1, chunks.length),
    error: given.error,
  };
}
