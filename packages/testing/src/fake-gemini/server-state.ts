import type { FakeGeminiAnswer } from "./fake-gemini-answer.ts";
import type { FakeGeminiModel } from "./fake-gemini-model.ts";
import type { FakeGeminiQuestion } from "./fake-gemini-question.ts";

export interface ServerState {
  readonly apiKey: string | undefined;
  /** By id, without `models/`. */
  readonly models: ReadonlyMap<string, FakeGeminiModel>;
  /** How many models a page of the list has at most. */
  readonly pageSize: number;
  readonly answer: (question: FakeGeminiQuestion) => FakeGeminiAnswer | Promise<FakeGeminiAnswer>;
  /** Numbers the answers, for their ids. */
  readonly nextId: () => number;
}
