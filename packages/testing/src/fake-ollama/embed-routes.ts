import { countWords } from "../count-words.ts";
import type { JsonBody } from "../json-body.ts";
import { failure, json } from "./answers.ts";
import type { InstalledModel } from "./fake-model.ts";
import { fakeVector } from "./fake-vector.ts";
import { findModel, type ServerState } from "./server-state.ts";

/** `POST /api/embed`: one vector for each text. */
export function embedRoute(state: ServerState, body: JsonBody): Response {
  const { model: name, input, dimensions } = body;
  const texts = textsOf(input);
  if (texts === undefined) return failure(400, "invalid input type");
  if (!name) return failure(500, "unqualified name: registry.ollama.ai/library/!MISSING!:latest");
  const model = findModel(state, name);
  if (model === undefined) return missing(name);
  state.loaded.add(model.name);
  if (texts.length === 0) return json({ model: name, embeddings: [] });
  const length = typeof dimensions === "number" && dimensions > 0 ? dimensions : model.embeddingLength;
  return json({
    model: name,
    embeddings: texts.map((text) => fakeVector(text, Math.min(length, model.embeddingLength))),
    total_duration: 20_000_000,
    load_duration: 8_000_000,
    prompt_eval_count: tokens(texts),
  });
}

/** `POST /api/embeddings`, the older form: one text. */
export function embeddingsRoute(state: ServerState, { model: name, prompt }: JsonBody): Response {
  if (!name) return failure(400, "model is required");
  const model = findModel(state, name);
  if (model === undefined) return missing(name);
  state.loaded.add(model.name);
  return json({ embedding: typeof prompt === "string" && prompt !== "" ? vectorOf(model, prompt) : [] });
}

export function vectorOf(model: InstalledModel, text: string): number[] {
  return fakeVector(text, model.embeddingLength);
}

/** As many as the words, and one each for where the text starts and ends. */
export function tokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + countWords(text) + 2, 0);
}

/** An empty text alone counts as none; in a list it counts. */
export function textsOf(input: unknown): string[] | undefined {
  if (input === undefined || input === null || input === "") return [];
  if (typeof input === "string") return [input];
  if (!Array.isArray(input)) return undefined;
  const texts = input.filter((text): text is string => typeof text === "string");
  return texts.length === input.length ? texts : undefined;
}

function missing(name: unknown): Response {
  return failure(404, `model "${name}" not found, try pulling it first`);
}
