import { countWords } from "../count-words.ts";
import { sampleOfSchema } from "../sample-of-schema.ts";
import { splitWords, untilStop } from "../split-words.ts";
import type { Failure } from "./dialect.ts";
import type { FakeOpenAIQuestion } from "./fake-openai-question.ts";

/** What a model on a fake OpenAI server says. A text stands for `{ content: text }`. */
export type FakeOpenAIAnswer = string | FakeOpenAIAnswerFields;

export interface FakeOpenAIAnswerFields {
  readonly content?: string;
  /** How the content is divided when it is streamed. Default: word by word. */
  readonly chunks?: readonly string[];
  /** Sent as `reasoning_content`, as vLLM and others do. */
  readonly reasoning?: string;
  readonly refusal?: string;
  /** Arguments that are a text are sent as it stands. */
  readonly toolCalls?: readonly { readonly id?: string; readonly name: string; readonly arguments: object | string }[];
  /** Default `stop`, `length` where the limit cut it, `tool_calls` with tool calls. */
  readonly finishReason?: string;
  /** Default: the words of the question. */
  readonly promptTokens?: number;
  /** Default: the chunks. */
  readonly answerTokens?: number;
  /** The server refuses; with `afterChunks` a stream has begun by then. */
  readonly error?: Failure & { readonly retryAfterSeconds?: number; readonly afterChunks?: number };
}

export interface FinishedAnswer {
  readonly chunks: readonly string[];
  readonly reasoning: string | undefined;
  readonly refusal: string | undefined;
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  readonly finishReason: string;
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number; readonly total_tokens: number };
  readonly error: FakeOpenAIAnswerFields["error"];
}

/** What a model says when nobody has told it: it obeys a schema, calls the first tool that it is offered, and otherwise says what it was asked. */
export function defaultAnswer({ model, text, messages, tools, schema }: FakeOpenAIQuestion): FakeOpenAIAnswer {
  if (schema !== undefined) return JSON.stringify(sampleOfSchema(schema));
  const [tool] = tools;
  if (tool !== undefined && messages.at(-1)?.role !== "tool") {
    return { toolCalls: [{ name: tool.name, arguments: JSON.stringify(sampleOfSchema(tool.parameters) ?? {}) }] };
  }
  return `This is ${model}. You said: ${text}`;
}

/** The answer as the server gives it: cut at a stop sequence and at the token limit, with everything filled in. */
export function finish(answer: FakeOpenAIAnswer, { messages, body }: FakeOpenAIQuestion): FinishedAnswer {
  const given: FakeOpenAIAnswerFields = typeof answer === "string" ? { content: answer } : answer;
  const whole = given.chunks ?? splitWords(untilStop(given.content ?? "", body.stop));
  const limit = body.max_completion_tokens ?? body.max_tokens;
  const isCut = typeof limit === "number" && limit < whole.length;
  const chunks = isCut ? whole.slice(0, limit) : whole;
  const toolCalls = (given.toolCalls ?? []).map((call, at) => ({
    id: call.id ?? `call_fake${at}`,
    name: call.name,
    arguments: typeof call.arguments === "string" ? call.arguments : JSON.stringify(call.arguments),
  }));
  const prompt = given.promptTokens ?? Math.max(1, countWords(messages.map(({ content }) => content).join(" ")));
  const completion = given.answerTokens ?? Math.max(1, chunks.length);
  return {
    chunks,
    reasoning: given.reasoning,
    refusal: given.refusal,
    toolCalls,
    finishReason: given.finishReason ?? (isCut ? "length" : toolCalls.length > 0 ? "tool_calls" : "stop"),
    usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
    error: given.error,
  };
}
