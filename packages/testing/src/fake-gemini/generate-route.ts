import { countWords } from "../count-words.ts";
import type { JsonBody } from "../json-body.ts";
import { streamOf } from "../stream-of.ts";
import { failed, failedBody, json } from "./failed.ts";
import { type FinishedAnswer, finish } from "./fake-gemini-answer.ts";
import { type FakeGeminiModel, inputTokenLimitOf } from "./fake-gemini-model.ts";
import { toQuestion } from "./fake-gemini-question.ts";
import { fieldMissing, tooLong } from "./refusals.ts";
import type { ServerState } from "./server-state.ts";

/** How the answer is to come: in one piece, as server-sent events, or as the pieces of a JSON array. */
export type Delivery = "whole" | "events" | "array";

/** `POST /v1beta/models/{id}:generateContent` and `:streamGenerateContent` */
export async function generateRoute(
  state: ServerState,
  model: FakeGeminiModel,
  body: JsonBody,
  delivery: Delivery,
): Promise<Response> {
  const question = toQuestion(model.id, body);
  if (question.contents.length === 0) return fieldMissing("GenerateContentRequest", "contents");
  const count = countWords(question.contents.map(({ text }) => text).join(" "));
  const limit = inputTokenLimitOf(model);
  if (count > limit) return tooLong(count, limit);

  const answer = finish(await state.answer(question), question);
  const { error } = answer;
  if (error !== undefined && (delivery === "whole" || error.afterChunks === undefined)) {
    // Where a stream was asked for without `alt=sse`, the error too comes in an array.
    return delivery === "array" ? json([failedBody(error)], error.status) : failed(error);
  }
  const head = { modelVersion: model.id, responseId: `fake-${state.nextId()}` };
  if (delivery === "whole") return json(wholeAnswer(answer, head));
  if (delivery === "array") return json([...pieces(answer, head)]);
  return events(pieces(answer, head));
}

interface Head {
  readonly modelVersion: string;
  readonly responseId: string;
}

function wholeAnswer(answer: FinishedAnswer, head: Head): object {
  const usageMetadata = usage(answer, answer.answerTokens);
  if (answer.blockReason !== undefined)
    return { promptFeedback: { blockReason: answer.blockReason }, usageMetadata, ...head };
  const content = answer.chunks.join("");
  const parts = [
    ...thoughtsOf(answer),
    ...(content === "" ? [] : [{ text: content }]),
    ...answer.toolCalls.map((functionCall) => ({ functionCall })),
  ];
  return { candidates: [candidate(parts, answer.finishReason)], usageMetadata, ...head };
}

/** Every piece tells the tokens so far; the last one why the answer ended. */
function* pieces(answer: FinishedAnswer, head: Head): Generator<object> {
  if (answer.blockReason !== undefined) {
    return yield { promptFeedback: { blockReason: answer.blockReason }, usageMetadata: usage(answer, 0), ...head };
  }
  const said = answer.chunks.slice(0, answer.error?.afterChunks).map((text) => ({ text }));
  const called = answer.error === undefined ? answer.toolCalls.map((functionCall) => ({ functionCall })) : [];
  const parts = [...thoughtsOf(answer), ...said, ...called];
  // An answer without a word still ends with a piece that says so.
  const steps = parts.length === 0 && answer.error === undefined ? [[]] : parts.map((part) => [part]);
  for (const [at, step] of steps.entries()) {
    const isLast = at === steps.length - 1 && answer.error === undefined;
    const tokens = isLast ? answer.answerTokens : Math.min(at + 1, answer.answerTokens);
    yield {
      candidates: [candidate(step, isLast ? answer.finishReason : null)],
      usageMetadata: usage(answer, tokens),
      ...head,
    };
  }
  if (answer.error !== undefined) yield failedBody(answer.error);
}

function candidate(parts: readonly object[], finishReason: string | null): object {
  return {
    content: { ...(parts.length > 0 && { parts }), role: "model" },
    ...(finishReason !== null && { finishReason }),
    index: 0,
  };
}

function thoughtsOf({ thoughts }: FinishedAnswer): object[] {
  return thoughts === undefined ? [] : [{ text: thoughts, thought: true }];
}

function usage({ promptTokens, thoughts, blockReason }: FinishedAnswer, answerTokens: number): object {
  const thoughtsTokens = thoughts === undefined ? 0 : Math.max(1, countWords(thoughts));
  const candidatesTokens = blockReason === undefined ? answerTokens : 0;
  return {
    promptTokenCount: promptTokens,
    ...(candidatesTokens > 0 && { candidatesTokenCount: candidatesTokens }),
    totalTokenCount: promptTokens + candidatesTokens + thoughtsTokens,
    ...(thoughtsTokens > 0 && { thoughtsTokenCount: thoughtsTokens }),
  };
}

/** Google ends lines as HTTP does, and sends no last event that says it is over. */
function events(items: Iterable<object>): Response {
  return new Response(streamOf(printed(items)), { headers: { "content-type": "text/event-stream" } });
}

function* printed(items: Iterable<object>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const item of items) yield encoder.encode(`data: ${JSON.stringify(item)}\r\n\r\n`);
}
