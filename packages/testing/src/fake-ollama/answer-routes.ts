import type { JsonBody } from "../json-body.ts";
import { failure, json, ndjson } from "./answers.ts";
import { type FinishedAnswer, finish } from "./fake-answer.ts";
import { type InstalledModel, withTag } from "./fake-model.ts";
import { type FakeOllamaQuestion, toQuestion } from "./fake-question.ts";
import { goKind } from "./read-body.ts";
import { findModel, type ServerState } from "./server-state.ts";

/** `POST /api/chat` and `POST /api/generate`. */
export async function answerRoute(state: ServerState, route: Route, body: JsonBody): Promise<Response> {
  const model = findModel(state, body.model);
  const refusal = refuse(route, body, model);
  if (refusal !== undefined) return refusal;
  if (model !== undefined) state.loaded.add(model.name);

  const question = toQuestion(route, body);
  const stamp = () => new Date(state.clock.now()).toISOString();
  const head = () => ({ model: question.model, created_at: stamp() });
  const nothingAsked = route === "chat" ? question.messages.length === 0 : question.text === "";
  if (nothingAsked) return json({ ...head(), ...said(route, ""), done: true, done_reason: "load" });

  const answer = finish(await state.answer(question), question);
  if (body.stream !== false) return ndjson(lines(question, answer, head));
  if (answer.error !== undefined) return failure(500, answer.error);
  const { thinking, chunks } = answer;
  return json({
    ...head(),
    ...said(route, chunks.join(""), { thinking, ...called(answer) }),
    ...ending(route, answer),
  });
}

type Route = FakeOllamaQuestion["route"];

function refuse(route: Route, body: JsonBody, model: InstalledModel | undefined): Response | undefined {
  const name = body.model;
  if (name !== undefined && typeof name !== "string") {
    const type = route === "chat" ? "ChatRequest" : "GenerateRequest";
    return failure(400, `json: cannot unmarshal ${goKind(name)} into Go struct field ${type}.model of type string`);
  }
  if (!name && route === "chat") return failure(400, "model is required");
  if (model === undefined) return failure(404, `model '${name ?? ""}' not found`);
  const { capabilities } = model;
  if (!capabilities.includes("completion")) return failure(400, `"${name}" does not support ${route}`);
  if (Array.isArray(body.tools) && body.tools.length > 0 && !capabilities.includes("tools")) {
    return failure(400, `registry.ollama.ai/library/${withTag(model.name)} does not support tools`);
  }
  if (body.think === true && !capabilities.includes("thinking")) {
    return failure(400, `"${name}" does not support thinking`);
  }
  const { format } = body;
  if (typeof format === "string" && format !== "" && format !== "json") {
    const quoted = JSON.stringify(JSON.stringify(format));
    return failure(500, `invalid format: ${quoted}; expected "json" or a valid JSON Schema object`);
  }
  return undefined;
}

function* lines(question: FakeOllamaQuestion, answer: FinishedAnswer, head: () => object): Generator<unknown> {
  const { route } = question;
  if (answer.thinking !== "") {
    yield { ...head(), ...said(route, "", { thinking: answer.thinking }), done: false };
  }
  for (const chunk of answer.chunks) yield { ...head(), ...said(route, chunk), done: false };
  if (answer.toolCalls.length > 0) yield { ...head(), ...said(route, "", called(answer)), done: false };
  if (answer.error !== undefined) yield { error: answer.error };
  else yield { ...head(), ...said(route, ""), ...ending(route, answer) };
}

/** Where the two routes put the words. What is empty is left out, except the content. */
function said(route: Route, content: string, more: { thinking?: string; tool_calls?: unknown[] } = {}): object {
  const { thinking, tool_calls } = more;
  const rest = { ...(thinking && { thinking }), ...(tool_calls && { tool_calls }) };
  return route === "chat" ? { message: { role: "assistant", content, ...rest } } : { response: content, ...rest };
}

function called({ toolCalls }: FinishedAnswer): { tool_calls?: unknown[] } {
  if (toolCalls.length === 0) return {};
  return {
    tool_calls: toolCalls.map(({ id, name, arguments: input }, index) => ({
      id,
      function: { index, name, arguments: input },
    })),
  };
}

/** Durations are in nanoseconds. */
function ending(route: Route, { doneReason, promptTokens, answerTokens }: FinishedAnswer): object {
  const [loading, reading, writing] = [25_000_000, 3_000_000 * promptTokens, 25_000_000 * answerTokens];
  return {
    done: true,
    done_reason: doneReason,
    ...(route === "generate" && {
      context: Array.from({ length: promptTokens + answerTokens }, (_, token) => token + 1),
    }),
    total_duration: loading + reading + writing,
    load_duration: loading,
    prompt_eval_count: promptTokens,
    prompt_eval_duration: reading,
    eval_count: answerTokens,
    eval_duration: writing,
  };
}
