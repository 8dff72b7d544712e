import { isRecord } from "../is-record.ts";
import type { JsonBody } from "../json-body.ts";
import { events } from "./answers.ts";
import { textsOf, tokens, vectorOf } from "./embed-routes.ts";
import { type FinishedAnswer, finish } from "./fake-answer.ts";
import { toQuestion } from "./fake-question.ts";
import { findModel, type ServerState } from "./server-state.ts";

/** `GET /v1/models` */
export function listRoute({ models }: ServerState): Response {
  const data = [...models.values()].map(({ name, modifiedAt }) => ({
    id: name,
    object: "model",
    created: Math.floor(Date.parse(modifiedAt) / 1000),
    owned_by: "library",
  }));
  return json({ object: "list", data });
}

/** `POST /v1/embeddings` */
export function vectorsRoute(state: ServerState, { model: name, input }: JsonBody): Response {
  const model = findModel(state, name);
  if (model === undefined) return openaiFailure(404, `model "${name}" not found, try pulling it first`);
  const texts = textsOf(input) ?? [];
  const data = texts.map((text, index) => ({ object: "embedding", embedding: vectorOf(model, text), index }));
  const count = tokens(texts);
  return json({ object: "list", data, model: name, usage: { prompt_tokens: count, total_tokens: count } });
}

/** `POST /v1/chat/completions` */
export async function completionsRoute(state: ServerState, body: JsonBody): Promise<Response> {
  const { messages, model, stream } = body;
  if (!Array.isArray(messages) || messages.length === 0) {
    return openaiFailure(400, "[] is too short - 'messages'", "invalid_request_error");
  }
  const found = findModel(state, model);
  if (found === undefined) return openaiFailure(404, `model '${model ?? ""}' not found`);
  state.loaded.add(found.name);
  const question = toQuestion("chat", { ...body, options: { num_predict: body.max_tokens, stop: body.stop } });
  const answer = finish(await state.answer(question), question);
  if (answer.error !== undefined) return openaiFailure(500, answer.error);
  const usage = {
    prompt_tokens: answer.promptTokens,
    completion_tokens: answer.answerTokens,
    total_tokens: answer.promptTokens + answer.answerTokens,
  };
  const head = {
    id: `chatcmpl-${state.loaded.size}`,
    object: stream === true ? "chat.completion.chunk" : "chat.completion",
    created: Math.floor(state.clock.now() / 1000),
    model,
    system_fingerprint: "fp_ollama",
  };
  if (stream !== true) {
    const message = { role: "assistant", content: answer.chunks.join(""), ...calls(answer) };
    return json({ ...head, choices: [{ index: 0, message, finish_reason: reason(answer) }], usage });
  }
  const wantsUsage = isRecord(body.stream_options) && body.stream_options.include_usage === true;
  return events(chunks(answer, head, wantsUsage ? usage : undefined));
}

function* chunks(answer: FinishedAnswer, head: object, usage: object | undefined): Generator<unknown> {
  const choice = (delta: object, finish_reason: string | null) => ({
    ...head,
    choices: [{ index: 0, delta: { role: "assistant", content: "", ...delta }, finish_reason }],
  });
  for (const content of answer.chunks) yield choice({ content }, null);
  if (answer.toolCalls.length > 0) yield choice(calls(answer), null);
  yield choice({}, reason(answer));
  if (usage !== undefined) yield { ...head, choices: [], usage };
}

function calls({ toolCalls }: FinishedAnswer): object {
  if (toolCalls.length === 0) return {};
  return {
    tool_calls: toolCalls.map(({ id, name, arguments: input }, index) => ({
      id,
      index,
      type: "function",
      function: { name, arguments: JSON.stringify(input) },
    })),
  };
}

function reason({ toolCalls, doneReason }: FinishedAnswer): string {
  return toolCalls.length > 0 ? "tool_calls" : doneReason;
}

/** These routes leave out the character set. */
function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

export function openaiFailure(status: number, message: string, type = "api_error"): Response {
  return json({ error: { message, type, param: null, code: null } }, status);
}
