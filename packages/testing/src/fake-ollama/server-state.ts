import type { Clock } from "@catenary/core";
import type { FakeOllamaAnswer } from "./fake-answer.ts";
import { type FakeOllamaModel, type InstalledModel, withTag } from "./fake-model.ts";
import type { FakeOllamaQuestion } from "./fake-question.ts";

/** What the routes of one fake server share. */
export interface ServerState {
  readonly clock: Clock;
  readonly version: string;
  /** By full name, in the order in which they came. */
  readonly models: Map<string, InstalledModel>;
  /** Those that answered since the server started. */
  readonly loaded: Set<string>;
  /** What can be pulled, by full name. */
  readonly registry: Map<string, FakeOllamaModel>;
  readonly answer: (question: FakeOllamaQuestion) => FakeOllamaAnswer | Promise<FakeOllamaAnswer>;
}

/** As the real server: case does not matter, and no tag means `latest`. */
export function findModel({ models }: ServerState, name: unknown): InstalledModel | undefined {
  if (typeof name !== "string" || name === "") return undefined;
  const wanted = withTag(name).toLowerCase();
  for (const [full, model] of models) if (full.toLowerCase() === wanted) return model;
  return undefined;
}
