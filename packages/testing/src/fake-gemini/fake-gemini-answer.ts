import { countWords } from "../count-words.ts";
import { sampleOfSchema } from "../sample-of-schema.ts";
import { splitWords, untilStop } from "../split-words.ts";
import type { GeminiFailure } from "./failed.ts";
import { type FakeGeminiQuestion, record } from "./fake-gemini-question.ts";

/** What a model on a fake Gemini server says. A text stands for `{ content: text }`. */
export type FakeGeminiAnswer = string | FakeGeminiAnswerFields;

export interface FakeGeminiAnswerFields {
  readonly content?: string;
  /** How the content is divided when it is streamed. Default: word by word. */
  readonly chunks?: readonly string[];
  /** Sent before the content, as a part that says `thought: true`. */
  readonly thoughts?: string;
  /** Gemini 2.5 sends no ids, Gemini 3 does. */
  readonly toolCalls?: readonly { readonly id?: string; readonly name: string; readonly arguments: object }[];
  /** Default `STOP`, `MAX_TOKENS` where the limit cut it. `null`: the answer ends without one, as one that was cut off. */
  readonly finishReason?: string | null;
  /** The prompt is refused, such as for `SAFETY`: there is no candidate. */
  readonly blockReason?: string;
  /** Default: the words of the question. */
  readonly promptTokens?: number;
  /** Default: the chunks. */
  readonly answerTokens?: number;
  /** The server refuses; with `afterChunks` a stream has begun by then. */
  readonly error?: GeminiFailure & { readonly afterChunks?: number };
}

export interface FinishedAnswer extends Pick<FakeGeminiAnswerFields, "thoughts" | "blockReason" | "error"> {
  readonly chunks: readonly string[];
  readonly toolCalls: readonly object[];
  readonly finishReason: string | null;
  readonly promptTokens: number;
  readonly answerTokens: number;
}

/** What a model says when nobody has told it: it obeys a schema, calls the first tool that it is offered, and otherwise says what it was asked. */
export function defaultAnswer({ model, text, isToolResult, tools, schema }: FakeGeminiQuestion): FakeGeminiAnswer {
  if (schema !== undefined) return JSON.stringify(sampleOfSchema(schema));
  const [tool] = tools;
  if (tool !== undefined && !isToolResult) {
    return { toolCalls: [{ name: tool.name, arguments: record(sampleOfSchema(tool.parameters)) }] };
  }
  return `This is ${model}. You said: ${text}`;
}

/** The answer as the server gives it: cut at a stop sequence and at the token limit, with everything filled in. */
export function finish(answer: FakeGeminiAnswer, { system, contents, body }: FakeGeminiQuestion): FinishedAnswer {
  const given: FakeGeminiAnswerFields = typeof answer === "string" ? { content: answer } : answer;
  const { maxOutputTokens: limit, stopSequences } = record(body.generationConfig);
  const whole =
    given.chunks ?? splitWords(untilStop(given.content ?? "", Array.isArray(stopSequences) ? stopSequences : []));
  const isCut = typeof limit === "number" && limit < whole.length;
  const chunks = isCut ? whole.slice(0, limit) : whole;
  const asked = [system, ...contents.map(({ text }) => text)].join(" ");
  const { thoughts, blockReason, error } = given;
  return {
    chunks,
    toolCalls: (given.toolCalls ?? []).map(({ id, name, arguments: args }) => ({
      ...(id !== undefined && { id }),
      name,
      args,
    })),
    finishReason: given.finishReason === undefined ? (isCut ? "MAX_TOKENS" : "STOP") : given.finishReason,
    promptTokens: given.promptTokens ?? Math.max(1, countWords(asked)),
    answerTokens: given.answerTokens ?? Math.max(1, chunks.length),
    ...(thoughts !== undefined && { thoughts }),
    ...(blockReason !== undefined && { blockReason }),
    ...(error !== undefined && { error }),
  };
}
