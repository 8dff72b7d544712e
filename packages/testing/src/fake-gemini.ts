import { type Clock, systemClock } from "@catenary/core";
import { createFakeServer } from "./create-fake-server.ts";
import { failed } from "./fake-gemini/failed.ts";
import { defaultAnswer, type FakeGeminiAnswer } from "./fake-gemini/fake-gemini-answer.ts";
import type { FakeGeminiModel } from "./fake-gemini/fake-gemini-model.ts";
import type { FakeGeminiQuestion } from "./fake-gemini/fake-gemini-question.ts";
import { route } from "./fake-gemini/route.ts";
import type { ServerState } from "./fake-gemini/server-state.ts";
import type { FakeServer } from "./fake-server.ts";
import { planAnswers } from "./plan-answers.ts";

export interface FakeGeminiOptions {
  /** What is served; a name alone is a chat model. Default: `gemini-2.5-flash` and `gemini-embedding-001`, which embeds. */
  readonly models?: readonly (string | FakeGeminiModel)[];
  /** The only key that is let in. Default: none is asked for. */
  readonly apiKey?: string;
  /** How many models a page of the list has at most, however many are asked for. Default 1000. */
  readonly pageSize?: number;
  /** What the models say. Default: they repeat what they were asked, obey a schema, and call the first tool. */
  readonly answer?: (question: FakeGeminiQuestion) => FakeGeminiAnswer | Promise<FakeGeminiAnswer>;
  /** Times the delays. Default: the host's own. */
  readonly clock?: Clock;
}

export interface FakeGemini extends FakeServer {
  /** The next questions get these answers, one each, before `answer` is asked again. */
  reply(...answers: readonly FakeGeminiAnswer[]): void;
}

/**
 * A server of Google's Gemini API that lives in a function. Its routes are under `/v1beta`, on any host. Written after the
 * public reference (ai.google.dev/api: models, generate-content, embeddings; cloud.google.com/apis/design/errors) and after what
 * `@ai-sdk/google` reads, not recorded from Google's own server.
 */
export function createFakeGemini(options: FakeGeminiOptions = {}): FakeGemini {
  const { models = ["gemini-2.5-flash", { id: "gemini-embedding-001", embeds: true }], pageSize = 1000 } = options;
  const { apiKey, answer = defaultAnswer, clock = systemClock } = options;
  const planned = planAnswers(answer);
  let answers = 0;
  const state: ServerState = {
    apiKey,
    pageSize,
    models: new Map(models.map(asModel).map((model) => [model.id, model])),
    answer: planned.answer,
    nextId: () => ++answers,
  };
  const shape = (status: number, message: string) => failed({ status, message });
  const server = createFakeServer({ route: (request) => route(state, request), shape, clock });
  return Object.assign(server, { reply: planned.reply });
}

function asModel(model: string | FakeGeminiModel): FakeGeminiModel {
  return typeof model === "string" ? { id: model } : model;
}
