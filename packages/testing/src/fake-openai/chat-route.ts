import { countWords } from "../count-words.ts";
import { events } from "../fake-ollama/answers.ts";
import { isRecord } from "../is-record.ts";
import type { JsonBody } from "../json-body.ts";
import { failed, failedEvent, json } from "./dialect.ts";
import { type FinishedAnswer, finish } from "./fake-openai-answer.ts";
import { type FakeOpenAIQuestion, toQuestion } from "./fake-openai-question.ts";
import { modelMissing, parameterMissing } from "./refusals.ts";
import type { ServerState } from "./server-state.ts";

/** `POST /v1/chat/completions` */
export async function chatRoute(state: ServerState, body: JsonBody): Promise<Response> {
  const { dialect } = state;
  if (!Array.isArray(body.messages)) return parameterMissing(dialect, "messages");
  if (typeof body.model !== "string") return parameterMissing(dialect, "model");
  const question = toQuestion(body);
  const refusal = refuse(state, question);
  if (refusal !== undefined) return refusal;

  const answer = finish(await state.answer(question), question);
  if (answer.error !== undefined && !(body.stream === true && answer.error.afterChunks !== undefined)) {
    const response = failed(dialect, answer.error);
    const { retryAfterSeconds } = answer.error;
    if (retryAfterSeconds !== undefined) response.headers.set("retry-after", String(retryAfterSeconds));
    return response;
  }
  const head = {
    id: `chatcmpl-${state.nextId()}`,
    object: body.stream === true ? "chat.completion.chunk" : "chat.completion",
    created: Math.floor(state.clock.now() / 1000),
    model: body.model,
  };
  const count = typeof body.n === "number" && body.n > 1 ? Math.floor(body.n) : 1;
  if (body.stream === true) return events(chunks(state, answer, { head, count, usageAsked: asksForUsage(body) }));
  return json({ ...head, choices: indexes(count).map((index) => wholeChoice(answer, index)), usage: answer.usage });
}

function refuse({ dialect, models }: ServerState, { model, messages }: FakeOpenAIQuestion): Response | undefined {
  const found = models.get(model);
  if (found === undefined) return modelMissing(dialect, model);
  if (found.embeds === true) {
    return failed(dialect, {
      status: dialect === "openai" ? 404 : 400,
      message: `${model} is not a chat model.`,
      param: "model",
    });
  }
  const length = countWords(messages.map(({ content }) => content).join(" "));
  const { contextLength } = found;
  if (contextLength === undefined || length <= contextLength) return undefined;
  return failed(dialect, {
    status: 400,
    message: `This model's maximum context length is ${contextLength} tokens. However, your messages resulted in ${length} tokens.`,
    param: "messages",
    code: "context_length_exceeded",
  });
}

function asksForUsage({ stream_options: options }: JsonBody): boolean {
  return isRecord(options) && options.include_usage === true;
}

function wholeChoice(answer: FinishedAnswer, index: number): object {
  const content = answer.chunks.join("");
  const message = {
    role: "assistant",
    // Beside tool calls or a refusal there usually is no content, and then it is null.
    content: content === "" && (answer.toolCalls.length > 0 || answer.refusal !== undefined) ? null : content,
    refusal: answer.refusal ?? null,
    ...(answer.reasoning !== undefined && { reasoning_content: answer.reasoning }),
    ...(answer.toolCalls.length > 0 && {
      tool_calls: answer.toolCalls.map(({ id, name, arguments: input }) => ({
        id,
        type: "function",
        function: { name, arguments: input },
      })),
    }),
  };
  return { index, message, logprobs: null, finish_reason: answer.finishReason };
}

interface ChunkSettings {
  readonly head: object;
  readonly count: number;
  readonly usageAsked: boolean;
}

function* chunks(state: ServerState, answer: FinishedAnswer, settings: ChunkSettings): Generator<object> {
  const { head, count, usageAsked } = settings;
  const chunk = (index: number, delta: object, finish_reason: string | null = null) => ({
    ...head,
    choices: [{ index, delta, logprobs: null, finish_reason }],
    // Where usage was asked for, OpenAI says in every chunk before the last that there is none yet.
    ...(usageAsked && state.dialect === "openai" && { usage: null }),
  });
  for (const index of indexes(count)) {
    yield chunk(index, { role: "assistant", content: answer.toolCalls.length > 0 ? null : "", refusal: null });
    if (answer.reasoning !== undefined) yield chunk(index, { reasoning_content: answer.reasoning });
    for (const content of answer.chunks.slice(0, answer.error?.afterChunks)) yield chunk(index, { content });
    if (answer.error !== undefined) return yield failedEvent(state.dialect, answer.error);
    if (answer.refusal !== undefined) yield chunk(index, { refusal: answer.refusal });
    for (const delta of toolCallDeltas(answer)) yield chunk(index, delta);
    yield chunk(index, {}, answer.finishReason);
  }
  if (usageAsked) yield { ...head, choices: [], usage: answer.usage };
}

/** A call's name comes first, then its arguments in pieces. */
function* toolCallDeltas({ toolCalls }: FinishedAnswer): Generator<object> {
  for (const [index, { id, name, arguments: input }] of toolCalls.entries()) {
    yield { tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] };
    for (const piece of input.match(/[\s\S]{1,8}/g) ?? [])
      yield { tool_calls: [{ index, function: { arguments: piece } }] };
  }
}

function indexes(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
