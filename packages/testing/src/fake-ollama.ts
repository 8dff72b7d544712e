import { type Clock, systemClock } from "@catenary/core";
import { createFakeServer } from "./create-fake-server.ts";
import { failure } from "./fake-ollama/answers.ts";
import { defaultAnswer, type FakeOllamaAnswer } from "./fake-ollama/fake-answer.ts";
import { type FakeOllamaModel, installed, withTag } from "./fake-ollama/fake-model.ts";
import type { FakeOllamaQuestion } from "./fake-ollama/fake-question.ts";
import { route } from "./fake-ollama/routes.ts";
import type { ServerState } from "./fake-ollama/server-state.ts";
import type { FakeServer } from "./fake-server.ts";
import { planAnswers } from "./plan-answers.ts";

export interface FakeOllamaOptions {
  /** What is installed. Default `["llama3.2", "nomic-embed-text"]`. */
  readonly models?: readonly (string | FakeOllamaModel)[];
  /** What can be pulled, besides what is installed. Default: nothing. */
  readonly registry?: readonly (string | FakeOllamaModel)[];
  /** What the models say. Default: they repeat what they were asked, obey a schema, and call the first tool. */
  readonly answer?: (question: FakeOllamaQuestion) => FakeOllamaAnswer | Promise<FakeOllamaAnswer>;
  /** Default `0.17.4`. */
  readonly version?: string;
  /** Stamps the answers and times the delays. Default: the host's own. */
  readonly clock?: Clock;
}

export interface FakeOllama extends FakeServer {
  /** The next questions get these answers, one each, before `answer` is asked again. */
  reply(...answers: readonly FakeOllamaAnswer[]): void;
  /** The full names of what is installed now. */
  models(): string[];
}

/**
 * An Ollama server that lives in a function: the routes, the fields and their order, the headers, the status codes and the
 * words of the errors are those of the real one (0.17). Only what the models say is made up.
 */
export function createFakeOllama(options: FakeOllamaOptions = {}): FakeOllama {
  const { models = ["llama3.2", "nomic-embed-text"], registry = [], answer = defaultAnswer } = options;
  const { version = "0.17.4", clock = systemClock } = options;
  const planned = planAnswers(answer);
  const state: ServerState = {
    clock,
    version,
    models: new Map(models.map((model) => installed(model, clock.now())).map((model) => [model.name, model])),
    loaded: new Set(),
    registry: new Map(registry.map(asModel).map((model) => [withTag(model.name), model])),
    answer: planned.answer,
  };
  const server = createFakeServer({ route: (request) => route(state, request), shape: failure, clock });
  return Object.assign(server, { reply: planned.reply, models: () => [...state.models.keys()] });
}

function asModel(model: string | FakeOllamaModel): FakeOllamaModel {
  return typeof model === "string" ? { name: model } : model;
}
