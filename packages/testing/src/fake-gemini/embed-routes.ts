import { fakeVector } from "../fake-ollama/fake-vector.ts";
import { type JsonBody, records } from "../json-body.ts";
import { json } from "./failed.ts";
import { DIMENSIONS, type FakeGeminiModel } from "./fake-gemini-model.ts";
import { record, textOf } from "./fake-gemini-question.ts";
import { fieldMissing } from "./refusals.ts";

/** `POST /v1beta/models/{id}:embedContent` */
export function embedRoute(model: FakeGeminiModel, body: JsonBody): Response {
  const embedding = embed(model, body);
  return embedding === undefined ? fieldMissing("EmbedContentRequest", "content") : json({ embedding });
}

/** `POST /v1beta/models/{id}:batchEmbedContents` */
export function batchEmbedRoute(model: FakeGeminiModel, { requests }: JsonBody): Response {
  const embeddings = records(requests).map((request) => embed(model, request));
  if (embeddings.length === 0) return fieldMissing("BatchEmbedContentsRequest", "requests");
  return embeddings.includes(undefined) ? fieldMissing("EmbedContentRequest", "content") : json({ embeddings });
}

function embed({ dimensions = DIMENSIONS }: FakeGeminiModel, { content, outputDimensionality }: JsonBody) {
  if (records(record(content).parts).length === 0) return undefined;
  const length = typeof outputDimensionality === "number" ? outputDimensionality : dimensions;
  return { values: fakeVector(textOf(record(content)), length) };
}
