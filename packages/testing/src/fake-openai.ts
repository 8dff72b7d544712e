import { type Clock, systemClock } from "@catenary/core";
import { createFakeServer } from "./create-fake-server.ts";
import { failed, type OpenAIDialect } from "./fake-openai/dialect.ts";
import { defaultAnswer, type FakeOpenAIAnswer } from "./fake-openai/fake-openai-answer.ts";
import type { FakeOpenAIModel } from "./fake-openai/fake-openai-model.ts";
import type { FakeOpenAIQuestion } from "./fake-openai/fake-openai-question.ts";
import { route } from "./fake-openai/route.ts";
import type { ServerState } from "./fake-openai/server-state.ts";
import type { FakeServer } from "./fake-server.ts";
import { planAnswers } from "./plan-answers.ts";

export interface FakeOpenAIOptions {
  /** What is served; a name alone is a chat model. Default: `gpt-4o-mini` and `text-embedding-3-small`, which embeds. */
  readonly models?: readonly (string | FakeOpenAIModel)[];
  /** The only key that is let in. Default: none is asked for. */
  readonly apiKey?: string;
  /** Whose server it is. Default `openai`. */
  readonly dialect?: OpenAIDialect;
  /** What the models say. Default: they repeat what they were asked, obey a schema, and call the first tool. */
  readonly answer?: (question: FakeOpenAIQuestion) => FakeOpenAIAnswer | Promise<FakeOpenAIAnswer>;
  /** Stamps the answers and times the delays. Default: the host's own. */
  readonly clock?: Clock;
}

export interface FakeOpenAI extends FakeServer {
  /** The next questions get these answers, one each, before `answer` is asked again. */
  reply(...answers: readonly FakeOpenAIAnswer[]): void;
}

/**
 * A server of OpenAI's chat completions, embeddings and models that lives in a function. Its routes are under `/v1`, on any
 * host. Written after the public API reference, not recorded from OpenAI's own server.
 */
export function createFakeOpenAI(options: FakeOpenAIOptions = {}): FakeOpenAI {
  const { models = ["gpt-4o-mini", { id: "text-embedding-3-small", embeds: true }], dialect = "openai" } = options;
  const { apiKey, answer = defaultAnswer, clock = systemClock } = options;
  const planned = planAnswers(answer);
  let answers = 0;
  const state: ServerState = {
    clock,
    dialect,
    apiKey,
    models: new Map(models.map(asModel).map((model) => [model.id, model])),
    answer: planned.answer,
    nextId: () => ++answers,
  };
  const shape = (status: number, message: string) => failed(dialect, { status, message });
  const server = createFakeServer({ route: (request) => route(state, request), shape, clock });
  return Object.assign(server, { reply: planned.reply });
}

function asModel(model: string | FakeOpenAIModel): FakeOpenAIModel {
  return typeof model === "string" ? { id: model } : model;
}
