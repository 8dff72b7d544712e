import type { Clock } from "@catenary/core";
import type { OpenAIDialect } from "./dialect.ts";
import type { FakeOpenAIAnswer } from "./fake-openai-answer.ts";
import type { FakeOpenAIModel } from "./fake-openai-model.ts";
import type { FakeOpenAIQuestion } from "./fake-openai-question.ts";

export interface ServerState {
  readonly clock: Clock;
  readonly dialect: OpenAIDialect;
  readonly apiKey: string | undefined;
  readonly models: ReadonlyMap<string, FakeOpenAIModel>;
  readonly answer: (question: FakeOpenAIQuestion) => FakeOpenAIAnswer | Promise<FakeOpenAIAnswer>;
  /** Numbers the answers, for their ids. */
  readonly nextId: () => number;
}
